package shop.orders.workflow.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shop.orders.store.EventLog;

/** How much waits for a feed's reader. */
@Component
class Backlogs {
  /** Events that are looked at one by one; more are all counted as wanted. */
  private static final int MOST_COUNTED = 10_000;

  /** The same where each needs its order. */
  private static final int MOST_COUNTED_DEAR = 500;

  private static final int PAGE = 1_000;
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final FeedCells cells;
  private final EventLog log;
  private final Filters filters;
  private final Clock clock;

  Backlogs(FeedCells cells, EventLog log, Filters filters, Clock clock) {
    this.cells = cells;
    this.log = log;
    this.filters = filters;
    this.clock = clock;
  }

  /**
   * @param quantity delivered or not, without what is parked
   * @param age of the oldest of it
   * @param next when the first event came about that was not delivered yet; null if none is found among the next 10,000 (500 of a filter by expression)
   * @param parked how many are parked
   * @param missed how many were removed by retention and not acknowledged
   */
  record Backlog(long quantity, Duration age, @Nullable Instant next, int parked, long missed) {}

  Backlog of(FeedKey feed, FeedConfig config) {
    var state = cells.read(feed);
    var count = new Count(state.leased().size(), filters.of(feed.account(), config.filter()));
    if (!state.leased().isEmpty()) log.page(feed.account(), state.oldest(), 1).forEach(l -> count.oldest = l.entry().appendedAt());
    long from = state.scanned();
    int most = config.filter().needsOrders() ? MOST_COUNTED_DEAR : MOST_COUNTED;
    int size = Math.min(PAGE, most);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      var page = log.read(feed.account(), from, size);
      for (var logged : page) {
        if (System.nanoTime() - deadline >= 0) break;
        count.add(logged);
        from = logged.seq() + 1;
      }
      if (from - state.scanned() >= most || System.nanoTime() - deadline >= 0) { // what is beyond is counted unseen
        count.quantity += Math.max(0, log.head(feed.account()) - from);
        break;
      }
      if (page.size() == size) continue;
      long kept = log.firstKept(feed.account(), from);
      if (kept == from) break;
      from = kept;
    }
    var age = Optional.ofNullable(count.oldest).map(o -> Duration.between(o, clock.instant())).filter(a -> !a.isNegative()).orElse(Duration.ZERO);
    return new Backlog(count.quantity, age, count.next, state.parked().size(), state.gaps().quantity());
  }

  private static final class Count {
    private final Predicate<EventLog.Logged> wanted;
    private long quantity;
    private @Nullable Instant oldest;
    private @Nullable Instant next;

    Count(long leased, Predicate<EventLog.Logged> wanted) {
      this.quantity = leased;
      this.wanted = wanted;
    }

    void add(EventLog.Logged logged) {
      if (!wanted.test(logged)) return;
      quantity++;
      if (oldest == null) oldest = logged.entry().appendedAt();
      if (next == null) next = logged.entry().at();
    }
  }
}
