package shop.orders.web.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import shop.orders.store.Lane;
import shop.orders.store.Leases;

class LeasedWorkTest {
  /** As the driver: it refuses to wait in an interrupted thread. */
  private final Leases leases =
      new Leases() {
        @Override
        public Optional<Lease> acquire(Lane lane, int shard, String owner, Duration forHowLong) {
          return released ? Optional.of(new Lease(lane, shard, owner, 2)) : Optional.empty();
        }

        @Override
        public void release(Lease lease) {
          if (Thread.currentThread().isInterrupted()) throw new IllegalStateException("interrupted");
          released = true;
        }
      };

  private volatile boolean released;

  @Test
  void endOfTheThread_givesItsLeaseBack_beforeItReturns() throws InterruptedException {
    var thread = Executors.newSingleThreadExecutor();
    var working = new CountDownLatch(1);
    thread.execute(
        () -> {
          try {
            working.countDown();
            new CountDownLatch(1).await(); // for ever
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            LeasedWork.giveBack(leases, new Leases.Lease(Lane.FILL, 0, "me", 1));
          }
        });
    working.await();

    LeasedWork.end(thread);

    assertThat(leases.acquire(Lane.FILL, 0, "another", Duration.ofSeconds(1))).isPresent();
  }
}
