package shop.orders.search.rebuild;

/**
 * How long something takes, in milliseconds. What runs beside it shows in the middle first; the slowest say it late, and on a busy machine
 * also without any reason.
 */
record Latency(long median, long p99) {
  boolean exceeds(Latency limit) {
    return median > limit.median || p99 > limit.p99;
  }
}
