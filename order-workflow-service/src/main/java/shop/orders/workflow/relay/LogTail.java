package shop.orders.workflow.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;

/**
 * What one account's log holds of late: for each order the last version appended, complete for events decided since {@link #knownSince}. The
 * memory can be extended backwards by reading the log, so whether an event is in the log can always be told. For one thread.
 */
class LogTail {
  /** An entry is appended after its event was decided; by how much the two clocks may disagree. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  /** Forgetting goes over everything that is remembered, which is more than what is appended between two rounds by far. */
  private static final Duration FORGET_EVERY = Duration.ofSeconds(10);

  private static final int PAGE = 500;

  private final EventLog log;
  private final String account;
  private final Map<String, Known> known = new HashMap<>();
  private long head;
  private Instant knownSince;

  private record Known(long version, Instant appendedAt) {}

  LogTail(EventLog log, String account, Clock clock) {
    this.log = log;
    this.account = account;
    this.head = log.head(account);
    this.knownSince = clock.instant().plus(CLOCKS_DIFFER); // what another relay appended a moment ago may be dated a little ahead
  }

  /** The last version of the order that the log holds, 0 if it was not appended since {@code since} or ever. */
  long appended(String orderId, Instant since) {
    if (since.isBefore(knownSince)) readBackTo(since);
    var last = known.get(orderId);
    return last == null ? 0 : last.version;
  }

  /** Events decided before this are answered by reading the log back. */
  Instant knownSince() {
    return knownSince;
  }

  /** @return false if somebody else appended: this tail is worthless now */
  boolean append(List<LogEntry> entries) {
    var newHead = log.append(account, head, entries);
    if (newHead.isEmpty()) return false;
    head = newHead.getAsLong();
    entries.forEach(this::remember);
    return true;
  }

  /** Forgets what was appended before {@code since}, now or a little later. */
  void forgetBefore(Instant since) {
    if (since.isBefore(knownSince.plus(FORGET_EVERY))) return;
    knownSince = since;
    var oldest = since.minus(CLOCKS_DIFFER);
    known.values().removeIf(k -> k.appendedAt.isBefore(oldest));
  }

  private void readBackTo(Instant since) {
    var oldest = since.minus(CLOCKS_DIFFER);
    for (long from = head; from > 0; ) {
      long start = Math.max(0, from - PAGE);
      var page = log.read(account, start, (int) (from - start));
      page.forEach(logged -> remember(logged.entry()));
      // Where retention removed a whole page it removed what is older too; an event of then is appended once more rather than not at all.
      if (page.isEmpty() || page.get(0).entry().appendedAt().isBefore(oldest)) break;
      from = start;
    }
    knownSince = since;
  }

  private void remember(LogEntry entry) {
    known.merge(entry.orderId(), new Known(entry.version(), entry.appendedAt()), (a, b) -> a.version >= b.version ? a : b);
  }
}
