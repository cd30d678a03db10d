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
   * @param missed how many were removed by retention and are neither refilled nor acknowledged
   */
  record Backlog(long quantity, Duration age, @Nullable Instant next, int parked, long missed) {}

  Backlog of(FeedKey feed, FeedConfig config) {
    var state = cells.read(feed);
    var count = new Count(filters.of(feed.account(), config.filter()));
    count(feed, config, state, count);
    int parked = state.parked().size();
    if (state.refill().head() > 0) {
      var side = cells.read(feed.refill());
      if (state.refill().isOpen()) count(feed.refill(), config, side, count);
      parked += side.parked().size();
    }
    var age = Optional.ofNullable(count.oldest).map(o -> Duration.between(o, clock.instant())).filter(a -> !a.isNegative()).orElse(Duration.ZERO);
    return new Backlog(count.quantity, age, count.next, parked, state.missing().quantity());
  }

  private void count(FeedKey feed, FeedConfig config, FeedState state, Count count) {
    count.quantity += state.leased().size();
    if (!state.leased().isEmpty()) log.page(feed.log(), state.oldest(), 1).forEach(l -> count.older(l.entry().appendedAt()));
    long from = state.scanned();
    int most = config.filter().needsOrders() ? MOST_COUNTED_DEAR : MOST_COUNTED;
    int size = Math.min(PAGE, most);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      var page = log.read(feed.log(), from, size);
      for (var logged : page) {
        if (System.nanoTime() - deadline >= 0) break;
        count.add(logged);
        from = logged.seq() + 1;
      }
      if (from - state.scanned() >= most || System.nanoTime() - deadline >= 0) { // what is beyond is counted unseen
        count.quantity += Math.max(0, log.head(feed.log()) - from);
        break;
      }
      if (page.size() == size) continue;
      long kept = log.firstKept(feed.log(), from);
      if (kept == from) break;
      from = kept;
    }
  }

  private static final class Count {
    private final Predicate<EventLog.Logged> wanted;
    private long quantity;
    private @Nullable Instant oldest;
    private @Nullable Instant next;

    Count(Predicate<EventLog.Logged> wanted) {
      this.wanted = wanted;
    }

    void add(EventLog.Logged logged) {
      if (!wanted.test(logged)) return;
      quantity++;
      older(logged.entry().appendedAt());
      if (next == null) next = logged.entry().at();
    }

    void older(Instant appendedAt) {
      if (oldest == null || appendedAt.isBefore(oldest)) oldest = appendedAt;
    }
  }
}
