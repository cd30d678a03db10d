package shop.orders.workflow.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;

/** Hands events out and takes them as done. Safe for use by many threads and processes. */
@Component
class Deliveries {
  private static final int PAGE = 100;

  /** Where a filter passes over much. */
  private static final int LONG_PAGE = 1_000;

  /** Delivered and not committed at one time; a reader that never commits gets no more than these, again and again. */
  private static final int MOST_LEASED = 2_000;

  /** A read that only passed over unwanted events is written down when they were this many. */
  private static final int WORTH_WRITING = 200;

  /** The same where each needs its order. */
  private static final int WORTH_WRITING_DEAR = 10;

  /** What is delivered again and what is new come with one read of the log, if they are this close. */
  private static final int NEAR = 400;

  /** Whether much was removed is looked at no more often than this; it takes a look at the log's head. */
  private static final Duration LOOK_FOR_GAPS_EVERY = Duration.ofSeconds(5);

  private final FeedCells cells;
  private final FeedConfigs configs;
  private final EventLog log;
  private final Filters filters;
  private final Parking parking;
  private final Clock clock;
  private final Counter parked;
  private final Counter parkingFull;
  private final Counter missed;
  private final ApplicationEventPublisher publisher;

  /** Where each feed saw the end of the log and no gap. */
  private final Cache<FeedKey, Long> ends = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(LOOK_FOR_GAPS_EVERY).build();

  Deliveries(FeedCells cells, FeedConfigs configs, EventLog log, Filters filters, Parking parking, Clock clock, MeterRegistry meters, ApplicationEventPublisher publisher) {
    this.cells = cells;
    this.configs = configs;
    this.log = log;
    this.filters = filters;
    this.parking = parking;
    this.clock = clock;
    this.publisher = publisher;
    parked = Counter.builder("orders.feed.parked").description("Items delivered too often without commit, and parked").register(meters);
    parkingFull = Counter.builder("orders.feed.parking.full").description("Items due for parking that found no room, at each read").register(meters);
    missed = Counter.builder("orders.feed.missed").description("Events that retention removed before a feed's reader was done with them").register(meters);
  }

  /**
   * @param gaps what retention removed and is being refilled, or was not found
   * @param scanned how far the feed has come
   * @param nextExpiry when the first of the leases that run now is over
   */
  record Read(List<FeedItem> items, Ranges gaps, long scanned, Optional<Instant> nextExpiry) {}

  private record Outcome(Read read, FeedState state, FeedConfig config, Parking.Outcome parking, long missed) {}

  /**
   * Leases up to {@code asked.max()} events to the caller: some whose lease ran out, and new ones. At most five statements with their commit,
   * unless the filter passes over many events in a row, or needs the orders (it goes on over them for about a second), or a gap was refilled.
   */
  Read read(FeedKey feed, FeedConfig config, Asked asked) {
    var outcome = take(feed, config, asked.max());
    var items = new ArrayList<>(asked.gapsAsItems() ? gaps(feed, outcome) : List.of());
    items.addAll(outcome.read.items());
    var nextExpiry = outcome.read.nextExpiry();
    if (!outcome.state.gaps().isEmpty()) publisher.publishEvent(new GapOpen(feed));
    if (outcome.state.refill().isOpen()) {
      var refilled = refilled(feed, outcome, asked.max() - outcome.read.items().size());
      items.addAll(refilled.items());
      if (items.isEmpty()) items.addAll(take(feed, outcome.config, asked.max()).read.items()); // of its own log there was nothing to leave room for
      nextExpiry = Stream.of(nextExpiry, refilled.nextExpiry()).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }
    return new Read(items, outcome.read.gaps(), outcome.read.scanned(), nextExpiry);
  }

  private Outcome take(FeedKey feed, FeedConfig config, int max) {
    var outcome = cells.change(feed, state -> lease(feed, config, max, state));
    parked.increment(outcome.parking.parked());
    parkingFull.increment(outcome.parking.refused());
    missed.increment(outcome.missed);
    return outcome;
  }

  /** From the feed's own log. Once everything in it is done it is not asked any more. */
  private Read refilled(FeedKey feed, Outcome main, int max) {
    long end = main.state.refill().head();
    var side = take(feed.refill(), main.config, max);
    if (max > 0 && side.read.items().isEmpty() && side.state.leased().isEmpty() && side.state.scanned() >= end) {
      cells.change(feed, state -> state.refill().head() == end ? FeedCells.Step.to(state.with(state.refill().drainedTo(end)), true) : FeedCells.Step.stay(false));
    }
    return side.read;
  }

  private static List<FeedItem> gaps(FeedKey feed, Outcome outcome) {
    return Gap.of(outcome.state).stream()
        .filter(gap -> !Ranges.NONE.with(gap.from(), gap.to(), 0).without(outcome.state.told()).isEmpty())
        .map(gap -> FeedItem.of(feed, Handles.of(outcome.config, new Handles.Handle(Handles.Kind.GAP, gap.from(), gap.to(), outcome.state.generation())), gap))
        .toList();
  }

  /** These are done and never come back. What is not leased, committed before perhaps, or was rewound since, is passed over. */
  void commit(FeedKey feed, Collection<Handles.Handle> handles) {
    var refilled = handles.stream().filter(h -> h.kind() == Handles.Kind.REFILLED).toList();
    if (!refilled.isEmpty()) commitIn(feed.refill(), refilled);
    if (refilled.size() < handles.size()) commitIn(feed, handles.stream().filter(h -> h.kind() != Handles.Kind.REFILLED).toList());
  }

  private void commitIn(FeedKey feed, Collection<Handles.Handle> handles) {
    cells.change(
        feed,
        before -> {
          var state = before;
          boolean changed = false;
          for (var handle : handles) {
            if (handle.kind() != Handles.Kind.GAP) {
              changed |= state.commit(handle);
            } else if (handle.generation() == state.generation()) {
              state = state.withTold(state.told().with(handle.seq(), handle.to(), 0));
              changed = true;
            }
          }
          return changed ? FeedCells.Step.to(state, true) : FeedCells.Step.stay(false);
        });
  }

  private FeedCells.Step<Outcome> lease(FeedKey feed, FeedConfig remembered, int max, FeedState before) {
    // What is passed over is passed over for good, so not by a filter that is no longer the feed's.
    var config = feed.isRefill() || remembered.id().equals(before.configId()) ? remembered : configs.reload(feed);
    var now = clock.instant();
    long scanned = before.scanned();
    long missing = before.gaps().quantity();
    var parkedNow = parking.park(before, now);
    int share = before.refill().isOpen() ? (max + ThreadLocalRandom.current().nextInt(2)) / 2 : max;
    var lot = lot(feed, config, share, before.under(config.id()), now);
    var state = lot.state();
    var until = now.plus(config.visibilityTimeout()).toEpochMilli();
    long since = lot.found().stream().filter(one -> !state.leased().containsKey(one.seq())).mapToLong(one -> one.entry().at().toEpochMilli()).min().orElse(0);
    for (var one : lot.found()) {
      var lease = state.leased().get(one.seq());
      state.leased().put(
          one.seq(),
          lease == null ? new FeedState.Lease(until, 1, state.generation(), since) : new FeedState.Lease(until, lease.deliveries() + 1, lease.generation(), lease.since()));
    }
    var items = lot.found().stream().map(one -> FeedItem.of(feed, Handles.of(config, Handles.Handle.event(feed, one.seq(), state.generation())), one)).toList();
    var nextExpiry = state.leased().values().stream().filter(l -> !l.expired(now)).mapToLong(FeedState.Lease::until).min();
    var read = new Read(items, state.missing(), state.scanned(), nextExpiry.isPresent() ? Optional.of(Instant.ofEpochMilli(nextExpiry.getAsLong())) : Optional.empty());
    long missedNow = state.gaps().quantity() - missing;
    var outcome = new Outcome(read, state, config, parkedNow, missedNow);
    boolean changed = !items.isEmpty() || parkedNow.parked() > 0 || missedNow > 0 || state.scanned() - scanned >= (config.filter().needsOrders() ? WORTH_WRITING_DEAR : WORTH_WRITING);
    return changed ? FeedCells.Step.to(state, outcome) : FeedCells.Step.stay(outcome);
  }

  /** What goes out now. For about half of it what is due again comes first, for the rest new events do: what fails for ever must not hide them. */
  private Lot lot(FeedKey feed, FeedConfig config, int max, FeedState state, Instant now) {
    var lot = new Lot(state, filters.of(feed.account(), config.filter()), max, MOST_LEASED - state.leased().size());
    var again = state.leased().entrySet().stream().filter(e -> e.getValue().expired(now)).map(e -> e.getKey()).toList();
    if (again.isEmpty()) {
      takeNew(feed, config, lot);
    } else if (state.scanned() - again.get(0) <= NEAR) {
      var page = log.page(feed.log(), again.get(0), NEAR + PAGE);
      var due = due(feed, again, page, lot);
      int some = (max + ThreadLocalRandom.current().nextInt(2)) / 2;
      lot.addAgain(due.subList(0, Math.min(some, due.size())));
      lot.addNew(page);
      lot.addAgain(due.subList(Math.min(some, due.size()), due.size()));
    } else { // one read of the log or the other
      if (ThreadLocalRandom.current().nextBoolean()) takeNew(feed, config, lot);
      if (lot.found().isEmpty()) lot.addAgain(due(feed, again, log.page(feed.log(), again.get(0), LONG_PAGE), lot));
      if (lot.found().isEmpty()) takeNew(feed, config, lot);
    }
    return lot;
  }

  /** The part of {@code again} that {@code page}, read from the first of it on, holds. What it should hold and does not was removed. */
  private List<Logged> due(FeedKey feed, List<Long> again, List<Logged> page, Lot lot) {
    long end = page.isEmpty() ? log.firstKept(feed.log(), again.get(0)) : page.get(page.size() - 1).seq() + 1;
    var missing = new TreeSet<>(again.subList(0, (int) again.stream().takeWhile(seq -> seq < end).count()));
    var there = page.stream().filter(logged -> missing.remove(logged.seq())).toList();
    lot.lost(missing);
    return there;
  }

  private void takeNew(FeedKey feed, FeedConfig config, Lot lot) {
    boolean takesAll = config.filter() instanceof FeedFilter.FromWorkflow workflow && workflow.statuses().isEmpty();
    int size = takesAll || config.filter().needsOrders() ? PAGE : LONG_PAGE;
    while (lot.hasRoom() && lot.found().isEmpty() && !lot.isTimeOver()) {
      var page = log.page(feed.log(), lot.state().scanned(), size);
      lot.addNew(page);
      if (page.isEmpty() && !passOverGap(feed, lot)) break;
    }
  }

  /** At what looks like the end of the log: whether it goes on, further than one reads on by itself. */
  private boolean passOverGap(FeedKey feed, Lot lot) {
    long scanned = lot.state().scanned();
    if (Long.valueOf(scanned).equals(ends.getIfPresent(feed))) return false;
    long kept = log.firstKept(feed.log(), scanned);
    if (kept > scanned) lot.passOver(kept);
    else ends.put(feed, scanned);
    return kept > scanned;
  }
}
