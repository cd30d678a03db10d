package shop.orders.store.memory;

import java.time.Clock;
import shop.orders.store.BatchFaults;
import shop.orders.store.Stores;

/** All ports in memory. {@code clock} says when leases and keys expire and when a commit's relay wakeup is due. */
public final class InMemoryStore {
  private final InMemoryOrderStore orders;
  private final InMemoryEventLog eventLog;
  private final Stores stores;

  public InMemoryStore(Clock clock) {
    var wakeups = new InMemoryWakeups();
    eventLog = new InMemoryEventLog();
    orders = new InMemoryOrderStore(wakeups, clock);
    stores =
        new Stores(
            orders,
            wakeups,
            eventLog,
            new InMemoryCursors(),
            new InMemoryLeases(clock),
            new InMemorySettings(),
            new InMemoryIdempotencyKeys(clock),
            new InMemoryReceipts(clock),
            new InMemorySequences(),
            orders,
            orders);
  }

  public Stores stores() {
    return stores;
  }

  /** Removes entries of an account's log, as retention does: numbers {@code from} to {@code to}. */
  public void removeFromLog(String account, long from, long to) {
    eventLog.remove(account, from, to);
  }

  /** Makes the outcome of batches unknown. */
  public BatchFaults faults() {
    return new BatchFaults() {
      @Override
      public void nextBatch(Line line) {
        orders.nextBatch(line);
      }

      @Override
      public void nextAppend(Line line) {
        eventLog.nextAppend(line);
      }

      @Override
      public void loseAllBatches() {
        orders.loseAllBatches(true);
      }

      @Override
      public void heal() {
        orders.loseAllBatches(false);
      }
    };
  }
}
