package shop.orders.workflow.feed;

import java.time.Instant;
import java.util.TreeMap;

/**
 * Where a feed's reader is: the whole of what is kept per consumer, however long its backlog.
 *
 * @param scanned every event of the log below this number was looked at: it is in {@code leased}, or done
 * @param leased events delivered and not committed, by number
 */
record FeedState(long scanned, TreeMap<Long, Lease> leased) {

  /**
   * @param until hidden up to then, in milliseconds of the epoch
   * @param deliveries how often it was handed out
   */
  record Lease(long until, int deliveries) {
    boolean expired(Instant now) {
      return until <= now.toEpochMilli();
    }
  }

  static FeedState from(long head) {
    return new FeedState(head, new TreeMap<>());
  }

  FeedState copy() {
    return new FeedState(scanned, new TreeMap<>(leased));
  }

  /** The oldest event not done. */
  long oldest() {
    return leased.isEmpty() ? scanned : leased.firstKey();
  }
}
