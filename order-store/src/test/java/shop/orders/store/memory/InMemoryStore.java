package shop.orders.store.memory;

import java.time.Clock;
import shop.orders.store.BatchFaults;
import shop.orders.store.Stores;

/** All ports in memory. {@code clock} says when leases and keys expire and when a commit's relay wakeup is due. */
public final class InMemoryStore {
  private final InMemoryOrderStore orders;
  private final Stores stores;

  public InMemoryStore(Clock clock) {
    var wakeups = new InMemoryWakeups();
    orders = new InMemoryOrderStore(wakeups, clock);
    stores =
        new Stores(
            orders,
            wakeups,
            new InMemoryEventLog(),
            new InMemoryCursors(),
            new InMemoryLeases(clock),
            new InMemorySettings(),
            new InMemoryIdempotencyKeys(clock),
            new InMemorySequences(),
            orders,
            orders);
  }

  public Stores stores() {
    return stores;
  }

  /** Makes the outcome of batches unknown. */
  public BatchFaults faults() {
    return orders;
  }
}
