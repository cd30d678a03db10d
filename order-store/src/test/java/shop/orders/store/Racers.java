package shop.orders.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Threads that start at the same moment. */
public final class Racers {
  private Racers() {}

  /** Runs {@code count} of them and returns what each returned, in their order. */
  public static <T> List<T> race(int count, IntFunction<Callable<T>> racer) {
    var start = new CyclicBarrier(count);
    var pool = Executors.newFixedThreadPool(count);
    try {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < count; i++) {
        var one = racer.apply(i);
        running.add(
            pool.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return one.call();
                }));
      }
      var results = new ArrayList<T>();
      for (var r : running) results.add(r.get(120, TimeUnit.SECONDS));
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a racer failed", e.getCause());
    } catch (Exception e) {
      throw new AssertionError("the race was not finished", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
