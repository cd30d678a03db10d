package shop.orders.systemtest.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.HdrHistogram.Histogram;
import shop.orders.store.EventLog;

/** What an account's log tells of a stretch of it: how fast workflow was, and how long orders took. Nothing is asked while it works. */
record LogTimes(long events, Duration elapsed, Histogram millisToEnd) {
  private static final int PAGE = 1_000;

  /** Of the entries from number {@code from} up to {@code to}; an order counts from its first one to its last. */
  static LogTimes of(EventLog log, String account, long from, long to) {
    var first = new HashMap<String, Instant>();
    var last = new HashMap<String, Instant>();
    long next = from;
    while (next < to) {
      var some = log.read(account, next, (int) Math.min(PAGE, to - next));
      if (some.isEmpty()) break;
      some.forEach(
          logged -> {
            first.putIfAbsent(logged.entry().orderId(), logged.entry().at());
            last.put(logged.entry().orderId(), logged.entry().at());
          });
      next = some.get(some.size() - 1).seq() + 1;
    }
    var histogram = new Histogram(3);
    first.forEach((order, began) -> histogram.recordValue(Math.max(0, Duration.between(began, last.get(order)).toMillis())));
    var began = first.values().stream().min(Instant::compareTo).orElse(Instant.EPOCH);
    var ended = last.values().stream().max(Instant::compareTo).orElse(Instant.EPOCH);
    return new LogTimes(to - from, Duration.between(began, ended), histogram);
  }

  double eventsPerSecond() {
    return events / (elapsed.toMillis() / 1e3);
  }

  long p99() {
    return millisToEnd.getValueAtPercentile(99);
  }
}
