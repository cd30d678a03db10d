package shop.orders.search.check;

import java.util.List;
import java.util.Map;

/**
 * What a comparison found.
 *
 * @param orders compared
 * @param days pairs of account and day compared
 * @param found orders that differed, by cause
 * @param left those of them that still differ
 * @param examples some of the orders found, for people
 */
public record CheckReport(long orders, long days, Map<Cause, Long> found, Map<Cause, Long> left, List<String> examples) {
  /** Why an order's document is not what it should be. */
  public enum Cause {
    /** In the store, not in the index. */
    MISSING,
    /** An older version, or made by an older program. */
    STALE,
    /** The right version with other content. */
    CORRUPT,
    /** In the index, not in the store. */
    STRANGER,
    /** In an index where the order does not belong. */
    MISPLACED
  }

  /** Whether nothing differs any more. */
  public boolean isClean() {
    return left.values().stream().allMatch(count -> count == 0);
  }
}
