package shop.orders.workflow.feed;

import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Where a feed's reader is: the whole of what is kept per consumer, however long its backlog.
 *
 * @param configId the {@link FeedConfig#id} that events are looked at under
 * @param scanned every event of the log below this number was looked at: it is in {@code leased} or {@code parked}, a gap, or done
 * @param generation how often the feed was rewound; what was delivered in an earlier one and rewound is not committed by its old handle
 * @param leased events delivered and not committed, by number
 * @param parked events delivered too often without commit, by number
 * @param gaps what retention removed before its reader was done with it, until the reader says that it knows
 */
record FeedState(String configId, long scanned, int generation, TreeMap<Long, Lease> leased, TreeMap<Long, Parked> parked, Ranges gaps) {

  /**
   * @param until hidden up to then, in milliseconds of the epoch
   * @param deliveries how often it was handed out
   * @param generation in which it was first handed out
   */
  record Lease(long until, int deliveries, int generation) {
    boolean expired(Instant now) {
      return until <= now.toEpochMilli();
    }
  }

  /** @param since when it was parked, in milliseconds of the epoch */
  record Parked(long since, int deliveries, int generation) {}

  static FeedState from(long head) {
    return new FeedState("", head, 0, new TreeMap<>(), new TreeMap<>(), Ranges.NONE);
  }

  FeedState under(String config) {
    return new FeedState(config, scanned, generation, leased, parked, gaps);
  }

  FeedState scannedTo(long number) {
    return new FeedState(configId, number, generation, leased, parked, gaps);
  }

  FeedState withGaps(Ranges known) {
    return new FeedState(configId, scanned, generation, leased, parked, known);
  }

  /** Everything from {@code number} on is new again. Never moves forward: nothing is skipped that way. */
  FeedState rewoundTo(long number) {
    if (number >= scanned) return this;
    return new FeedState(configId, number, generation + 1, new TreeMap<>(leased.headMap(number)), new TreeMap<>(parked.headMap(number)), gaps.below(number));
  }

  /** These were removed from the log before they were committed. */
  FeedState lost(Collection<Long> numbers) {
    var known = gaps;
    for (var number : numbers) {
      leased.remove(number);
      parked.remove(number);
      known = known.with(number, number);
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
}
