package shop.orders.search.rebuild;

/**
 * How long something takes, in milliseconds. What runs beside it shows in the middle first; the slowest say it late, and on a busy machine
 * also without any reason.
 */
record Latency(long median, long p99) {
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
}
