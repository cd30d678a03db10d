package shop.orders.store;

import java.util.Optional;

/** How far each consumer of a log has come: one small overwritten cell per consumer, compare-and-set. */
public interface Cursors {
  /** The cell, empty if it was never written. */
  Optional<Cell> read(String account, String consumer);

  /**
   * Replaces the cell if its revision still is {@code expectedRev} (0: not there yet); the new revision is one more.
   *
   * @return false if another writer was first
   * @throws StoreUnavailable if the outcome is unknown; read again
   */
  boolean replace(String account, String consumer, long expectedRev, String state);

  /** Content and revision, from 1. */
  record Cell(String state, long rev) {}
}
