package shop.orders.web.lease;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import shop.orders.store.Leases;

/**
 * Work under a lease. Ended before anything else when the process ends, before the requests under way are waited for, so that another
 * instance goes on at once.
 */
public interface LeasedWork extends SmartLifecycle {
  /** Others start it when there is something to do. */
  @Override
  default void start() {}

  @Override
  default boolean isRunning() {
    return true;
  }

  /** Interrupts the thread, and waits a little until it has given its lease back. */
  static void end(ExecutorService thread) {
    thread.shutdownNow();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called by the thread that worked, also when it was interrupted: the driver would refuse to wait in such a one. */
  static void giveBack(Leases leases, Leases.Lease lease) {
    boolean interrupted = Thread.interrupted();
    try {
      leases.release(lease);
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
