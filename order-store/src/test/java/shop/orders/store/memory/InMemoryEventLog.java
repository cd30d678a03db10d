package shop.orders.store.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import shop.orders.store.BatchFaults.Line;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;

final class InMemoryEventLog implements EventLog {
  private final Map<String, List<@Nullable LogEntry>> logs = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Line> faults = new ConcurrentLinkedQueue<>();

  @Override
  public long head(String account) {
    var log = log(account);
    synchronized (log) {
      return log.size();
    }
  }

  @Override
  public OptionalLong append(String account, long expectedHead, List<LogEntry> entries) {
    var kept = entries.stream().map(InMemoryEventLog::toTheMillisecond).toList();
    var line = faults.poll();
    if (line == null) return write(account, expectedHead, kept);
    line.send(() -> write(account, expectedHead, kept));
    // The outcome is unknown to the sender, so what stands in the log decides.
    if (head(account) == expectedHead) return append(account, expectedHead, entries);
    var end = expectedHead + kept.size();
    return slice(account, expectedHead, end).equals(kept) ? OptionalLong.of(end) : OptionalLong.empty();
  }

  private OptionalLong write(String account, long expectedHead, List<LogEntry> entries) {
    var log = log(account);
    synchronized (log) {
      if (log.size() != expectedHead) return OptionalLong.empty();
      log.addAll(entries);
      return OptionalLong.of(log.size());
    }
  }

  private List<LogEntry> slice(String account, long from, long to) {
    return read(account, from, 10_000).stream().limit(to - from).map(Logged::entry).toList();
  }

  void nextAppend(Line line) {
    faults.add(line);
  }

  @Override
  public List<Logged> read(String account, long from, int limit) {
    if (limit < 1 || limit > 10_000) throw new IllegalArgumentException("limit " + limit);
    var log = log(account);
    var read = new ArrayList<Logged>();
    synchronized (log) {
      for (long seq = Math.max(0, from); seq < log.size() && read.size() < limit; seq++) {
        if (log.get((int) seq) != null) read.add(new Logged(seq, log.get((int) seq)));
      }
    }
    return read;
  }

  @Override
  public List<Logged> page(String account, long from, int limit) {
    return read(account, from, limit);
  }

  @Override
  public long firstKept(String account, long from) {
    var log = log(account);
    synchronized (log) {
      long seq = Math.max(0, from);
      while (seq < log.size() && log.get((int) seq) == null) seq++;
      return Math.min(seq, log.size());
    }
  }

  void remove(String account, long from, long to) {
    var log = log(account);
    synchronized (log) {
      for (long seq = from; seq <= to; seq++) log.set((int) seq, null);
    }
  }

  private List<@Nullable LogEntry> log(String account) {
    return logs.computeIfAbsent(account, a -> new ArrayList<>());
  }

  private static LogEntry toTheMillisecond(LogEntry e) {
    return new LogEntry(
        e.orderId(), e.version(), e.status(), e.lastStatus(), e.domain(), e.type(), cut(e.at()), e.lastChange() == null ? null : cut(e.lastChange()), cut(e.appendedAt()));
  }

  private static Instant cut(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}
