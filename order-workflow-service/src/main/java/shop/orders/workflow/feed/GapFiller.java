package shop.orders.workflow.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;
import shop.orders.store.LogEntry;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderScan.ChangedOrder;
import shop.orders.store.OrderStore;

/**
 * Finds the events of a gap again: those of the account's orders that were decided in the gap's time and are not in the log. They go into the
 * feed's own log. A step may be broken off anywhere and taken again, by any process. For one thread.
 */
@Component
class GapFiller {
  private static final Logger log = LoggerFactory.getLogger(GapFiller.class);

  /** An event is decided and dated before it is appended; by how much the clocks of the two may differ. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  private static final int PAGE = 1_000;

  /** What is remembered of the log; beyond it something that is in it may be found, and delivered, again. */
  private static final int MOST_KNOWN = 200_000;

  private final FeedCells cells;
  private final EventLog eventLog;
  private final OrderScan scan;
  private final OrderStore orders;
  private final Clock clock;
  private final Map<FeedKey, Known> known = new HashMap<>();

  GapFiller(FeedCells cells, EventLog eventLog, OrderScan scan, OrderStore orders, Clock clock) {
    this.cells = cells;
    this.eventLog = eventLog;
    this.scan = scan;
    this.orders = orders;
    this.clock = clock;
  }

  /**
   * @param more whether there is more to do
   * @param found events put into the feed
   */
  record Step(boolean more, long found) {}

  private record EventKey(String orderId, long version) {
    static EventKey of(LogEntry entry) {
      return new EventKey(entry.orderId(), entry.version());
    }
  }

  /** What the log holds of a gap's time. */
  private static final class Known {
    private final Refill.Job job;
    private final Set<EventKey> events = new HashSet<>();

    /** Everything below was looked at. */
    private long end;

    Known(Refill.Job job) {
      this.job = job;
      this.end = job.from();
    }

    boolean isOf(Refill.Job other) {
      return job.from() == other.from() && job.to() == other.to() && job.since().equals(other.since()) && job.until().equals(other.until());
    }

    void add(Logged logged) {
      if (events.size() < MOST_KNOWN) events.add(EventKey.of(logged.entry()));
    }
  }

  /** A page of the orders, or the beginning of a gap. */
  Step step(FeedKey feed) {
    var state = cells.read(feed);
    if (state.gaps().isEmpty()) return new Step(false, 0);
    var job = state.refill().job();
    return job == null ? begin(feed, state) : goOn(feed, job);
  }

  void forget(FeedKey feed) {
    known.remove(feed);
  }

  private Step begin(FeedKey feed, FeedState state) {
    long head = eventLog.head(feed.log());
    long end = eventLog.head(feed.refill().log());
    var job = plan(feed, state.gaps().list(), head, end);
    cells.change(
        feed,
        now -> now.refill().job() == null && now.gaps().equals(state.gaps()) ? FeedCells.Step.to(now.with(now.refill().under(job)), true) : FeedCells.Step.stay(false));
    return new Step(true, 0);
  }

  /** The first gap, and those after it whose time it shares: what is found for one of them could be of the other. */
  private Refill.Job plan(FeedKey feed, List<Ranges.Range> gaps, long head, long end) {
    var first = gaps.get(0);
    var since = Instant.ofEpochMilli(first.since()).minus(CLOCKS_DIFFER);
    var until = until(feed, first.to(), head);
    long to = first.to();
    long quantity = first.quantity();
    for (var next : gaps.subList(1, gaps.size())) {
      var nextSince = Instant.ofEpochMilli(next.since()).minus(CLOCKS_DIFFER);
      if (nextSince.isAfter(until)) break;
      if (nextSince.isBefore(since)) since = nextSince;
      var nextUntil = until(feed, next.to(), head);
      if (nextUntil.isAfter(until)) until = nextUntil;
      to = next.to();
      quantity += next.quantity();
    }
    return new Refill.Job(first.from(), to, quantity, since, until, null, end, 0);
  }

  /** What comes next in the log was appended after everything in the gap, by a clock that may be another. */
  private Instant until(FeedKey feed, long last, long head) {
    var next = eventLog.page(feed.log(), last + 1, 1);
    if (next.isEmpty() && last + 1 < head) next = eventLog.page(feed.log(), eventLog.firstKept(feed.log(), last + 1), 1);
    return (next.isEmpty() ? clock.instant() : next.get(0).entry().appendedAt()).plus(CLOCKS_DIFFER);
  }

  private Step goOn(FeedKey feed, Refill.Job job) {
    var page = page(feed, job);
    if (page.isEmpty()) {
      cells.change(feed, now -> job.equals(now.refill().job()) ? FeedCells.Step.to(now.with(now.refill().under(job.again())), true) : FeedCells.Step.stay(false));
      return new Step(true, 0);
    }
    var found = find(feed, job, page.get().orders());
    var side = feed.refill().log();
    long end = eventLog.head(side);
    // Beyond where this page began, an earlier try at it that was broken off.
    for (long seq = job.head(); seq < end; ) {
      var there = eventLog.read(side, seq, PAGE);
      if (there.isEmpty()) break;
      there.forEach(logged -> found.remove(EventKey.of(logged.entry())));
      seq = there.get(there.size() - 1).seq() + 1;
    }
    var appended = eventLog.append(side, end, List.copyOf(found.values()));
    if (appended.isEmpty()) return new Step(true, 0); // another process is at it too
    var next = job.at(page.get().next(), appended.getAsLong());
    boolean isLast = page.get().next() == null;
    cells.change(
        feed,
        now -> {
          if (!job.equals(now.refill().job())) return FeedCells.Step.stay(false);
          return FeedCells.Step.to(isLast ? close(feed, now, next) : now.with(now.refill().under(next)), true);
        });
    return new Step(true, found.size());
  }

  /** Empty if the walk cannot be gone on with where it was broken off. */
  private Optional<OrderScan.Page> page(FeedKey feed, Refill.Job job) {
    try {
      return Optional.of(scan.page(job.position()));
    } catch (IllegalArgumentException e) {
      log.warn("looking for the gap {} to {} of {} begins again, since the place where it was is not known any more: {}", job.from(), job.to(), feed, e.getMessage());
      return Optional.empty();
    }
  }

  private Map<EventKey, LogEntry> find(FeedKey feed, Refill.Job job, List<ChangedOrder> page) {
    var inLog = known(feed, job);
    var now = clock.instant();
    var found = new LinkedHashMap<EventKey, LogEntry>();
    for (var order : page) {
      if (!order.key().account().equals(feed.account()) || order.lastChange().isBefore(job.since())) continue;
      for (var event : orders.eventsAfter(order.key(), 0)) {
        var key = new EventKey(order.key().orderId(), event.version());
        if (event.at().isBefore(job.since()) || event.at().isAfter(job.until()) || inLog.contains(key)) continue;
        found.put(key, LogEntry.of(order.key().orderId(), event, now));
      }
    }
    return found;
  }

  /** The log's entries around and between the gaps, from before the first to after the last of their time; what was appended since too. */
  private Set<EventKey> known(FeedKey feed, Refill.Job job) {
    var of = known.get(feed);
    if (of == null || !of.isOf(job)) {
      of = new Known(job);
      known.put(feed, of);
      readBack(feed, job, of);
    }
    while (true) {
      var page = eventLog.read(feed.log(), of.end, PAGE);
      page.forEach(of::add);
      if (!page.isEmpty()) of.end = page.get(page.size() - 1).seq() + 1;
      else if (of.end <= job.to()) of.end = eventLog.firstKept(feed.log(), of.end);
      boolean isBeyond = page.isEmpty() || page.get(page.size() - 1).entry().appendedAt().isAfter(job.until().plus(CLOCKS_DIFFER));
      if (of.end > job.to() && isBeyond) return of.events;
    }
  }

  private void readBack(FeedKey feed, Refill.Job job, Known of) {
    for (long from = job.from(); from > 0; from = Math.max(0, from - PAGE)) {
      long below = from;
      var page = eventLog.read(feed.log(), Math.max(0, from - PAGE), (int) Math.min(PAGE, from)).stream().filter(logged -> logged.seq() < below).toList();
      page.forEach(of::add);
      if (page.isEmpty() || page.get(0).entry().appendedAt().isBefore(job.since().minus(CLOCKS_DIFFER))) return;
    }
  }

  /** What was lost in its time while it was looked for may have been taken for known: everything again then. */
  private static FeedState close(FeedKey feed, FeedState state, Refill.Job job) {
    var removed = state.gaps().above(job.from() - 1).below(job.to() + 1);
    var refill = state.refill().under(job).under(null);
    if (removed.quantity() != job.quantity()) return state.with(refill);
    boolean isComplete = job.found() >= job.quantity();
    if (!isComplete) {
      log.warn("of the {} events of the gap {} to {} of {} only {} were found in their orders", job.quantity(), job.from(), job.to(), feed, job.found());
    }
    var closed = new Refill.Closed(removed, job.since(), job.until(), isComplete ? Refill.State.REFILLED : Refill.State.INCOMPLETE, job.found());
    return state.withGaps(state.gaps().without(job.from(), job.to())).with(refill.close(closed));
  }
}
