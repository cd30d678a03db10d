package shop.orders.search.rebuild;

import java.time.Duration;

/**
 * How long something takes, in milliseconds. What runs beside it shows in the middle first; the slowest say it late, and on a busy machine
 * also without any reason.
 */
record Latency(long median, long p99) {
  static final Latency NONE = new Latency(0, 0);

  /** Half of it in the middle. */
  static Latency fine(Duration p99) {
    return new Latency(p99.toMillis() / 2, p99.toMillis());
  }

  boolean exceeds(Latency limit) {
    return median > limit.median || p99 > limit.p99;
  }

  Latency times(double factor) {
    return new Latency((long) (median * factor), (long) (p99 * factor));
  }

  /** The larger of each. */
  Latency atLeast(Latency other) {
    return new Latency(Math.max(median, other.median), Math.max(p99, other.p99));
  }

  /** The smaller of each. */
  Latency atMost(Latency other) {
    return new Latency(Math.min(median, other.median), Math.min(p99, other.p99));
  }
}
