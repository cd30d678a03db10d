package shop.orders.systemtest.drill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import shop.orders.store.EventLog;

/** How fast workflow works: events per second in an account's log. */
final class LogRate {
  private final EventLog log;
  private final String account;
  private long head;
  private long since;

  LogRate(EventLog log, String account) {
    this.log = log;
    this.account = account;
    start();
  }

  void start() {
    head = log.head(account);
    since = System.nanoTime();
  }

  /** @return events per second since {@link #start} or the last call */
  double lap() {
    long from = head;
    long begun = since;
    start();
    return (head - from) / ((since - begun) / 1e9);
  }

  double over(Duration stretch) throws InterruptedException {
    start();
    TimeUnit.NANOSECONDS.sleep(stretch.toNanos());
    return lap();
  }
}
