package shop.orders.search.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shop.orders.store.EventLog;

/**
 * How long the workflow takes from a decision to the event log, as the log itself tells: the search service sees nothing else of it.
 * What was imported does not count. Safe for use by many threads.
 */
final class WorkflowLatency {
  private static final String IMPORTED = "imported";
  private static final Duration WINDOW = Duration.ofSeconds(30);

  /** Where so many are, older ones say nothing more: what is over is not to be answered for. */
  private static final Duration LATELY = Duration.ofSeconds(10);
  private static final int ENOUGH = 200;

  private static final int MOST_SAMPLES = 2_000;

  /** Fewer say nothing about the slowest of a hundred. */
  private static final int FEWEST = 20;

  /** Accounts looked at each time, and entries of each, at most; more at first, when nothing else is known. */
  private static final int ACCOUNTS = 20;

  private static final int ENTRIES = 200;
  private static final int ENTRIES_AT_FIRST = 2_000;

  private final EventLog log;
  private final Clock clock;
  private final List<String> accounts;
  private final Map<String, Long> heads = new HashMap<>();
  private final Deque<Sample> samples = new ArrayDeque<>();
  private int next;

  private record Sample(Instant at, long millis) {}

  WorkflowLatency(EventLog log, List<String> accounts, Clock clock) {
    this.log = log;
    this.accounts = List.copyOf(accounts);
    this.clock = clock;
  }

  /** Looks at some accounts by turns. @return of the last ten seconds, or half minute; empty if too little went on */
  synchronized Optional<Latency> look() {
    for (int i = 0; i < Math.min(ACCOUNTS, accounts.size()); i++) look(accounts.get(next++ % accounts.size()));
    var now = clock.instant();
    samples.removeIf(sample -> sample.at.isBefore(now.minus(WINDOW)));
    while (samples.size() > MOST_SAMPLES) samples.removeFirst();
    if (samples.size() < FEWEST) return Optional.empty();
    var lately = samples.stream().filter(sample -> !sample.at.isBefore(now.minus(LATELY))).toList();
    var sorted = (lately.size() < ENOUGH ? samples : lately).stream().map(Sample::millis).sorted().toList();
    return Optional.of(new Latency(sorted.get((sorted.size() - 1) / 2), sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1)));
  }

  private void look(String account) {
    long head = log.head(account);
    var before = heads.put(account, head);
    long from = before == null ? Math.max(0, head - ENTRIES_AT_FIRST) : Math.max(before, head - ENTRIES);
    if (from >= head) return;
    for (var logged : log.read(account, from, (int) (head - from))) {
      var entry = logged.entry();
      if (entry.type().equals(IMPORTED)) continue;
      samples.add(new Sample(entry.appendedAt(), Math.max(0, Duration.between(entry.at(), entry.appendedAt()).toMillis())));
    }
  }
}
