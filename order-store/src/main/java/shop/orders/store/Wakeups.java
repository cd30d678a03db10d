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
   * @param limit the most to return, 1 to 10,000; if that many come back, {@link #readOn} after the last one
   */
  List<Wakeup> read(Lane lane, int shard, Instant from, Instant to, int limit);

  /**
   * What follows {@code last}, which was read before, up to {@code to} (exclusive). Those of one millisecond are in an order of their own, so
   * that however many they are none is passed over.
   *
   * @param limit as of {@link #read}
   */
  List<Wakeup> readOn(Lane lane, int shard, Wakeup last, Instant to, int limit);
}
