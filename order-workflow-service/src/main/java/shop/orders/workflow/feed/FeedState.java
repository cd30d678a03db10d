package shop.orders.workflow.feed;

import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Where a feed's reader is: the whole of what is kept per consumer, however long its backlog.
 *
 * @param configId the {@link FeedConfig#id} that events are looked at under
 * @param scanned every event of the log below this number was looked at: it is in {@code leased} or {@code parked}, a gap, or done
 * @param since nothing from there on was decided before, in milliseconds of the epoch, give or take what clocks differ; 0 if nobody knows
 * @param generation how often the feed was rewound; what was delivered in an earlier one and rewound is not committed by its old handle
 * @param leased events delivered and not committed, by number
 * @param parked events delivered too often without commit, by number
 * @param gaps what retention removed before its reader was done with it and was not refilled yet
 * @param told gaps that the reader committed as items
 */
record FeedState(
    String configId, long scanned, long since, int generation, TreeMap<Long, Lease> leased, TreeMap<Long, Parked> parked, Ranges gaps, Ranges told, Refill refill) {

  /**
   * @param until hidden up to then, in milliseconds of the epoch
   * @param deliveries how often it was handed out
   * @param generation in which it was first handed out
   * @param since as {@link FeedState#since}, when it was first handed out
   */
  record Lease(long until, int deliveries, int generation, long since) {
    boolean expired(Instant now) {
      return until <= now.toEpochMilli();
    }
  }

  /**
   * @param at when it was parked, in milliseconds of the epoch
   * @param since as of {@link Lease}
   */
  record Parked(long at, int deliveries, int generation, long since) {}

  static FeedState from(long number, Instant since) {
    return new FeedState("", number, since.toEpochMilli(), 0, new TreeMap<>(), new TreeMap<>(), Ranges.NONE, Ranges.NONE, Refill.NONE);
  }

  FeedState under(String config) {
    return new FeedState(config, scanned, since, generation, leased, parked, gaps, told, refill);
  }

  FeedState scannedTo(long number, long knownSince) {
    return new FeedState(configId, number, knownSince, generation, leased, parked, gaps, told, refill);
  }

  FeedState withGaps(Ranges known) {
    return new FeedState(configId, scanned, since, generation, leased, parked, known, told, refill);
  }

  FeedState withTold(Ranges committed) {
    return new FeedState(configId, scanned, since, generation, leased, parked, gaps, committed, refill);
  }

  FeedState with(Refill other) {
    return new FeedState(configId, scanned, since, generation, leased, parked, gaps, told, other);
  }

  /** Everything from {@code number} on is new again. Never moves forward: nothing is skipped that way. */
  FeedState rewoundTo(long number, Instant knownSince) {
    if (number >= scanned) return this;
    return new FeedState(
        configId,
        number,
        knownSince.toEpochMilli(),
        generation + 1,
        new TreeMap<>(leased.headMap(number)),
        new TreeMap<>(parked.headMap(number)),
        gaps.below(number),
        told.below(number),
        refill.below(number));
  }

  /** These were removed from the log before they were committed. */
  FeedState lost(Collection<Long> numbers) {
    var known = gaps;
    for (var number : numbers) {
      var lease = leased.remove(number);
      var waiting = parked.remove(number);
      known = known.with(number, number, lease != null ? lease.since : waiting != null ? waiting.since : since);
    }
    return withGaps(known);
  }

  /** Takes what is done out. @return whether that changed anything */
  boolean commit(Handles.Handle handle) {
    var lease = leased.get(handle.seq());
    if (lease != null && lease.generation <= handle.generation()) return leased.remove(handle.seq()) != null;
    var waiting = parked.get(handle.seq());
    return waiting != null && waiting.generation <= handle.generation() && parked.remove(handle.seq()) != null;
  }

  /** The oldest event not done. */
  long oldest() {
    return leased.isEmpty() ? scanned : leased.firstKey();
  }

  /** What the reader is told of: being refilled, or not to be found any more. */
  Ranges missing() {
    return gaps.with(refill.incomplete());
  }
}
