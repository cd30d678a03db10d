package shop.orders.search.rebuild;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import shop.orders.search.fill.Patience;

/** Threads that work while this one looks after them. For one thread. */
final class Workers {
  private static final Duration END = Duration.ofMinutes(1);

  private final Duration lookEvery;
  private final Runnable look;

  /** @param look run now and then while others work; what it throws ends their work */
  Workers(Duration lookEvery, Runnable look) {
    this.lookEvery = lookEvery;
    this.look = look;
  }

  /** Returns when all of them are done; none of them works any more when it throws. */
  void run(int threads, Runnable work) {
    var number = new AtomicInteger();
    var pool =
        Executors.newFixedThreadPool(
            threads,
            made -> {
              var thread = new Thread(made, "rebuild-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    try {
      var running = IntStream.range(0, threads).mapToObj(i -> CompletableFuture.runAsync(work, pool)).toList();
      while (!isOver(running)) look.run();
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  private boolean isOver(List<CompletableFuture<Void>> running) {
    try {
      for (var one : running) if (one.isCompletedExceptionally()) one.get();
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(lookEvery.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Patience.Stopped("this instance ends");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void awaitEnd(ExecutorService pool) {
    try {
      if (!pool.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)) throw new IllegalStateException("a thread of the rebuild does not end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
