package shop.orders.search.check;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is compared.
 *
 * @param generation of the indices
 * @param account null for all
 * @param from first day of creation (UTC), null for the first there is
 * @param to last day of creation, null for today
 */
public record Scope(int generation, @Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to) {
  /** Whether orders that an account placed on a day are of it. */
  boolean holds(String account, LocalDate day) {
    return (this.account == null || this.account.equals(account)) && (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
  }
}
