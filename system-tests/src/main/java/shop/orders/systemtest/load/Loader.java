package shop.orders.systemtest.load;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.client.Backoff;
import shop.orders.model.Decision;
import shop.orders.store.CommitOutcome;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;

/** Writes orders by the commit every other writer uses, from any number of threads. Waits for a store that does not answer. */
final class Loader {
  /** A run that was broken off left that many orders at most beyond its bookmark: so many new ones in a row, and nobody was here before. */
  private static final int SURE_AFTER = 10_000;

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final OrderStore store;
  private final PastOrders orders;
  private final Position position;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger newInARow = new AtomicInteger();
  private final LongAdder written = new LongAdder();
  private final LongAdder found = new LongAdder();
  private final LongAdder strangers = new LongAdder();
  private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();
  private volatile String trouble = "";

  Loader(OrderStore store, PastOrders orders, Position position, Clock clock) {
    this.store = store;
    this.orders = orders;
    this.position = position;
    this.clock = clock;
  }

  /** Loads one order after the other until there are no more, or {@link #stop}. */
  void work() {
    try {
      while (stopped.getCount() > 0) {
        var number = position.take();
        if (number.isEmpty() || !load(number.getAsLong())) return;
        position.done(number.getAsLong());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      broken.compareAndSet(null, e);
      stop();
    }
  }

  /** Orders under way are finished. */
  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Orders looked after by this run. */
  long done() {
    return written.sum() + found.sum() + strangers.sum();
  }

  long written() {
    return written.sum();
  }

  /** Orders that an earlier run wrote. */
  long found() {
    return found.sum();
  }

  /** Orders whose id another order has. */
  long strangers() {
    return strangers.sum();
  }

  /** Empty when the store answers. */
  String trouble() {
    return trouble;
  }

  /** What ended the work before its time. */
  Optional<RuntimeException> broken() {
    return Optional.ofNullable(broken.get());
  }

  /** @return false if it was stopped before the order was in */
  private boolean load(long number) throws InterruptedException {
    var order = orders.order(number);
    for (int failures = 1; ; failures++) {
      try {
        write(order);
        trouble = "";
        return true;
      } catch (StoreUnavailable e) {
        trouble = String.valueOf(e.getMessage());
        if (stopped.await(BACKOFF.delay(failures).toMillis(), TimeUnit.MILLISECONDS)) return false;
      }
    }
  }

  private void write(PastOrders.PastOrderImport order) {
    if (newInARow.get() < SURE_AFTER) {
      var there = store.find(order.key());
      if (there.isPresent()) {
        newInARow.set(0);
        (there.get().events().get(0).commandId().equals(order.commandId()) ? found : strangers).increment();
        return;
      }
    }
    var change = order.order().change();
    var decision = Decision.take(order.key(), order.order(), order.commandId(), clock.instant(), "load");
    var outcome = store.commit(new OrderCommit(decision, Map.of(change.documentRev(), order.order().document().fields()), null));
    if (outcome instanceof CommitOutcome.Applied) written.increment();
    else strangers.increment();
    newInARow.incrementAndGet();
  }
}
