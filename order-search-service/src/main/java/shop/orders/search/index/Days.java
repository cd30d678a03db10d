package shop.orders.search.index;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents by their day of creation (UTC).
 *
 * @param from null for the first there is
 * @param to null for the last
 * @param undated whether those are meant that have none; then without limits
 */
record Days(@Nullable LocalDate from, @Nullable LocalDate to, boolean undated) {
  private static final Days UNDATED = new Days(null, null, true);

  /** Without limits, all documents: those without a day too. */
  static Days of(@Nullable LocalDate from, @Nullable LocalDate to) {
    return new Days(from, to, false);
  }

  /**
   * In parts that have all of it, and nothing twice.
   *
   * @param first of the days that nearly all documents are of
   * @param last of them
   * @return empty if there is nothing to divide: one day, or days beyond these
   */
  List<Days> divided(LocalDate first, LocalDate last) {
    if (undated) return List.of();
    if (from == null) {
      if (to == null) return List.of(of(null, first.minusDays(1)), of(first, last), of(last.plusDays(1), null), UNDATED);
      return to.isBefore(first) ? List.of() : List.of(of(null, first.minusDays(1)), of(first, to));
    }
    if (to == null) return from.isAfter(last) ? List.of() : List.of(of(from, last), of(last.plusDays(1), null));
    if (!from.isBefore(to)) return List.of();
    var middle = LocalDate.ofEpochDay(Math.floorDiv(from.toEpochDay() + to.toEpochDay(), 2));
    return List.of(of(from, middle), of(middle.plusDays(1), to));
  }
}
