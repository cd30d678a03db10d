package shop.orders.systemtest.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;

/** Hands on what an account's event log grows by. It reads ten times a second, so that looking costs next to nothing. */
final class LogFollower extends Thread implements AutoCloseable {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int PAGE = 1_000;

  private final EventLog log;
  private final String account;
  private final Consumer<LogEntry> sink;
  private long next;
  private volatile boolean closed;

  /** Starts at the log's end. */
  LogFollower(EventLog log, String account, Consumer<LogEntry> sink) {
    super("log-follower");
    setDaemon(true);
    this.log = log;
    this.account = account;
    this.sink = sink;
    this.next = log.head(account);
  }

  @Override
  public void run() {
    while (!closed) {
      var page = log.read(account, next, PAGE);
      next += page.size();
      page.forEach(logged -> sink.accept(logged.entry()));
      if (page.size() < PAGE) LockSupport.parkNanos(PAUSE);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
