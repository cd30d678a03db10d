package shop.orders.store;

import java.time.Instant;
import java.util.List;

/** Wakeups by lane and shard, in order of due time. Nothing is ever deleted: readers keep a lower bound, old rows expire. */
public interface Wakeups {
  /** Writes a wakeup; writing it again is harmless. @throws StoreUnavailable if it may not have been written */
  void write(Lane lane, Wakeup wakeup);

  /**
   * Wakeups due from {@code from} (inclusive) to {@code to} (exclusive), oldest first.
   *
   * @param limit the most to return, 1 to 10,000; if that many come back, read on from the last one's due time
   */
  List<Wakeup> read(Lane lane, int shard, Instant from, Instant to, int limit);
}
