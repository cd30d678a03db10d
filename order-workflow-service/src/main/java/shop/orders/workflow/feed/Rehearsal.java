package shop.orders.workflow.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;
import shop.orders.web.ApiError;

/** Says what a filter would have delivered, without a feed. Safe for use by many threads. */
@Component
class Rehearsal {
  private static final int SAMPLES = 10;
  private static final int PAGE = 5_000;
  private static final long MOST_LOOKED_AT = 500_000;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Reading half a million events is work; live traffic goes first. */
  private static final int AT_ONCE = 2;

  private final LogPositions positions;
  private final EventLog log;
  private final Filters filters;
  private final Clock clock;
  private final Semaphore room = new Semaphore(AT_ONCE);

  Rehearsal(LogPositions positions, EventLog log, Filters filters, Clock clock) {
    this.positions = positions;
    this.log = log;
    this.filters = filters;
    this.clock = clock;
  }

  /**
   * @param from a feed with this filter, started from this date, delivers the same
   * @param missed what retention removed meanwhile, which such a feed is told of as a gap
   * @param countedUpTo when the last event looked at came into the log, if counting was stopped there; null if everything was counted
   */
  record Forecast(Instant from, long count, long missed, @Nullable Instant countedUpTo, List<Logged> samples) {}

  /** @throws ApiError 429 if too many are at it already */
  Forecast of(String account, FeedFilter filter, int days) {
    filters.check(filter);
    if (!room.tryAcquire()) throw new ApiError(HttpStatus.TOO_MANY_REQUESTS, "OMS429", "Other rehearsals are under way; try again in a moment.");
    try {
      return count(account, filter, clock.instant().minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.MILLIS));
    } finally {
      room.release();
    }
  }

  private Forecast count(String account, FeedFilter filter, Instant from) {
    long head = log.head(account);
    long start = positions.find(account, new StartPoint.Date(from));
    var wanted = filters.of(account, filter instanceof FeedFilter.FromOrders orders ? orders.withSince(positions.momentBefore(account, start)) : filter);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    var samples = new ArrayList<Logged>();
    long count = 0;
    long missed = 0;
    for (long seq = start; seq < head; ) {
      var page = log.page(account, seq, PAGE);
      if (page.isEmpty()) {
        long kept = Math.min(head, log.firstKept(account, seq));
        missed += kept - seq;
        seq = kept;
        continue;
      }
      for (var logged : page) {
        if (logged.seq() >= head) break;
        missed += logged.seq() - seq;
        if (filter.needsOrders() && System.nanoTime() - deadline >= 0) return new Forecast(from, count, missed, logged.entry().appendedAt(), samples);
        seq = logged.seq() + 1;
        if (!wanted.test(logged)) continue;
        count++;
        if (samples.size() < SAMPLES) samples.add(logged);
      }
      var last = page.get(page.size() - 1);
      if (last.seq() >= head) break;
      if (seq < head && (seq - start >= MOST_LOOKED_AT || System.nanoTime() - deadline >= 0)) return new Forecast(from, count, missed, last.entry().appendedAt(), samples);
    }
    return new Forecast(from, count, missed, null, samples);
  }
}
