package shop.orders.search.index;

import java.time.Instant;
import java.util.Optional;

/** How much of the store the index holds. Safe for use by many threads; answers from memory. */
public interface Coverage {
  /**
   * Orders created at or after this moment are in the index, but for what {@code ingest} has not come to yet.
   *
   * @return {@link Instant#EPOCH} if all are; empty if nothing is sure, for example because the index has not answered yet
   */
  Optional<Instant> completeSince();
}
