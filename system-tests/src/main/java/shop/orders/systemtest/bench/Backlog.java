package shop.orders.systemtest.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.function.LongConsumer;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;

/** Writes events of orders that are nowhere into an account's log, as its relay would: a feed by workflow status needs no more. */
final class Backlog {
  private static final int AT_ONCE = 100;

  private final EventLog log;
  private final String account;

  Backlog(EventLog log, String account) {
    this.log = log;
    this.account = account;
  }

  /** @param progress told of events written so far */
  void append(int events, LongConsumer progress) {
    long head = log.head(account);
    for (int done = 0; done < events; ) {
      var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      var entries = new ArrayList<LogEntry>();
      for (; entries.size() < AT_ONCE && done < events; done++) {
        entries.add(new LogEntry("bench-" + (head + entries.size()) + "-01", 2, "handling", "start-handling", "Fulfillment", "moved", now, now, now));
      }
      head = log.append(account, head, entries).orElseThrow(() -> new IllegalStateException("somebody else appends to the log of " + account));
      progress.accept(done);
    }
  }
}
