package shop.orders.search.index;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Orders of one account created on one day (UTC).
 *
 * @param account null: documents that name none, which are nobody's
 * @param day null: documents without a day
 */
public record AccountDay(@Nullable String account, @Nullable LocalDate day) {
  /** A record's own would be the same for many pairs: numbered accounts and neighbouring days have neighbouring hashes, in steps of one and of 31. */
  @Override
  public int hashCode() {
    return Objects.hashCode(account) * 1_000_003 + Objects.hashCode(day);
  }
}
