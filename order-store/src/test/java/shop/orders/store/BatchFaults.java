package shop.orders.store;

/** Lets a test stand between a store and the conditional batches it sends. */
public interface BatchFaults {
  /**
   * The next batch on an order goes through {@code line}; once that returns, the sender sees a timeout, whatever became of the batch.
   * What {@code line} throws comes out of the commit, as if the process had ended there.
   */
  void nextBatch(Line line);

  /** The same for the next piece of an append to an event log. */
  void nextAppend(Line line);

  /** Every batch on an order from now on is lost; until {@link #heal()}. */
  void loseAllBatches();

  void heal();

  /** The wire: runs {@code deliver} now, later, or never. */
  interface Line {
    void send(Runnable deliver);
  }
}
