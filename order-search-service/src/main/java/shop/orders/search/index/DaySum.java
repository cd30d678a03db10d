package shop.orders.search.index;

import shop.orders.model.OrderKey;

/** Count and hash-sums of some orders; equal sums mean the same orders in the same versions, made by the same program. */
public record DaySum(long count, long high, long low) {
  public static final DaySum NONE = new DaySum(0, 0, 0);

  /** With one more: as its document counts once it is indexed by this program. */
  public DaySum plus(OrderKey key, long version) {
    var hash = Fingerprint.hash(key.toString(), version, OrderProjection.PROJECTION);
    return new DaySum(count + 1, high + hash.high(), low + hash.low());
  }

  /** With others. */
  public DaySum plus(DaySum other) {
    return new DaySum(count + other.count, high + other.high, low + other.low);
  }
}
