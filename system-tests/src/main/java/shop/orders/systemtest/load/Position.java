package shop.orders.systemtest.load;

import java.util.OptionalLong;
import java.util.TreeSet;

/** Which orders are done: numbers are given out in turn and come back in any order. Safe for use by many threads. */
final class Position {
  private final long end;
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long next;

  /** From {@code first} to {@code end}, that one excluded. */
  Position(long first, long end) {
    this.next = first;
    this.end = Math.max(first, end);
  }

  /** The next number; empty when there are no more. */
  synchronized OptionalLong take() {
    if (next == end) return OptionalLong.empty();
    underWay.add(next);
    return OptionalLong.of(next++);
  }

  synchronized void done(long number) {
    underWay.remove(number);
  }

  /** Every number below it is done. */
  synchronized long allBelow() {
    return underWay.isEmpty() ? next : underWay.first();
  }

  synchronized boolean finished() {
    return next == end && underWay.isEmpty();
  }
}
