package shop.orders.search.rebuild;

import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shop.orders.search.rebuild.Rebuild.Position;

/** Which parts of a wave are done, and how much of the others; handed out in order, done in any. Safe for use by many threads. */
final class Parts {
  private final int count;
  private final boolean goesOn;
  private final TreeSet<Integer> beyond = new TreeSet<>();
  private final TreeMap<Integer, Long> begun = new TreeMap<>();
  private int next;
  private int handedOut;
  private long orders;
  private long underWay;

  /** @param before where it was left; begun anew if that was of other parts */
  Parts(int count, @Nullable Position before) {
    this.count = count;
    goesOn = before != null && before.parts() == count && before.begun() != null;
    if (!goesOn) return;
    next = before.next();
    handedOut = next;
    beyond.addAll(before.beyond());
    begun.putAll(before.begun());
    orders = before.orders();
  }

  /** Whether it is gone on from where it was left. */
  boolean goesOn() {
    return goesOn;
  }

  synchronized OptionalInt take() {
    handedOut = Math.max(handedOut, next); // those between may have been done before
    while (beyond.contains(handedOut)) handedOut++;
    return handedOut < count ? OptionalInt.of(handedOut++) : OptionalInt.empty();
  }

  /** Orders of that part that are done, the first ones. */
  synchronized long taken(int part) {
    return begun.getOrDefault(part, 0L);
  }

  synchronized void begin(long gathered) {
    underWay += gathered;
  }

  /**
   * @param some that are done
   * @param part of which {@code taken} orders are, the first ones; none if it is below 0
   * @param gathered that were {@linkplain #begin under way}
   * @param indexed of those; others are not in the store
   */
  synchronized void done(Iterable<Integer> some, int part, long taken, long gathered, long indexed) {
    for (int each : some) {
      begun.remove(each);
      beyond.add(each);
    }
    while (beyond.remove(next)) next++;
    if (part >= 0) begun.put(part, taken);
    underWay -= gathered;
    orders += indexed;
  }

  synchronized Position position() {
    return new Position(count, next, new TreeSet<>(beyond), new TreeMap<>(begun), orders, underWay);
  }
}
