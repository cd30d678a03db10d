package shop.orders.search.index;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Orders of one account created on one day (UTC).
 *
 * @param account null: documents that name none, which are nobody's
 * @param day null: documents without a day
 */
public record AccountDay(@Nullable String account, @Nullable LocalDate day) {}
