package shop.orders.systemtest.bench;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one piece of work on several threads and waits for all. */
final class Workers {
  private Workers() {}

  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** @throws IllegalStateException with the first failure; the others are asked to stop */
  static void run(int threads, Work work) throws InterruptedException {
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> {
          work.run();
          return null;
        }));
      }
      for (var one : running) one.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause().getMessage()), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
