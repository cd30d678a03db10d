package shop.orders.search.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import shop.orders.store.EventLog;

/**
 * How long the workflow takes from a decision to the event log, as the log itself tells: the search service sees nothing else of it.
 * What was imported does not count. Safe for use by many threads.
 */
final class WorkflowLatency {
  private static final String IMPORTED = "imported";
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int MOST_SAMPLES = 2_000;

  /** Fewer say nothing about the slowest of a hundred. */
  private static final int FEWEST = 20;

  /** Accounts looked at each time, and entries of each, at most. */
  private static final int ACCOUNTS = 20;

  private static final int ENTRIES = 200;

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

  /** Looks at some accounts by turns. @return p99 of the last half minute in milliseconds; empty if too little went on */
  synchronized OptionalLong look() {
    for (int i = 0; i < Math.min(ACCOUNTS, accounts.size()); i++) look(accounts.get(next++ % accounts.size()));
    var since = clock.instant().minus(WINDOW);
    samples.removeIf(sample -> sample.at.isBefore(since));
    while (samples.size() > MOST_SAMPLES) samples.removeFirst();
    if (samples.size() < FEWEST) return OptionalLong.empty();
    var sorted = new ArrayList<>(samples.stream().map(Sample::millis).sorted().toList());
    return OptionalLong.of(sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1));
  }

  private void look(String account) {
    long head = log.head(account);
    var before = heads.put(account, head);
    long from = Math.max(before == null ? 0 : before, head - ENTRIES);
    if (from >= head) return;
    for (var logged : log.page(account, from, ENTRIES)) {
      var entry = logged.entry();
      if (entry.type().equals(IMPORTED)) continue;
      samples.add(new Sample(entry.appendedAt(), Math.max(0, Duration.between(entry.at(), entry.appendedAt()).toMillis())));
    }
  }
}
