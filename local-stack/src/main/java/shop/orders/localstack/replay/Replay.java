package shop.orders.localstack.replay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.OmsClient;

/**
 * Places orders and watches each until it is at its end. Goes on through outages: what answers 5xx, 429 or not at all is asked
 * again until nothing has moved for as long as {@link ReplayOptions#patience()}.
 */
public final class Replay {
  private static final Duration HEARTBEAT = Duration.ofMillis(500);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

  private final ReplayOptions options;
  private final Board board = new Board();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Placer placer;
  private final Watcher watcher;

  private Replay(Connection connection, ReplayOptions options) {
    var oms = new OmsClient(connection, CALL_TIMEOUT);
    this.options = options;
    this.placer = new Placer(oms, options.run(), board, stopped);
    this.watcher = new Watcher(oms, board);
  }

  /**
   * Places every order of {@code orders} and returns when each is at its end, or nothing has moved for too long.
   *
   * @param orders read once, by one thread, no faster than they are placed
   * @throws InterruptedException if the calling thread was interrupted; orders already placed stay placed
   */
  public static ReplayResult run(Connection connection, Iterable<PlannedOrder> orders, ReplayOptions options, Progress progress)
      throws InterruptedException {
    return new Replay(connection, options).run(orders, progress);
  }

  private ReplayResult run(Iterable<PlannedOrder> orders, Progress progress) throws InterruptedException {
    try {
      var placing = threads.submit(() -> placeAll(orders));
      for (int i = 0; i < options.watchers(); i++) threads.submit(() -> {
        watcher.run();
        return null;
      });
      while (!board.finished() && !board.stoodStillFor(options.patience())) {
        progress.standing(board.standing());
        if (placing.isDone()) rethrow(placing);
        stopped.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
      }
      progress.standing(board.standing());
      progress.over();
      return board.result();
    } finally {
      stopped.countDown();
      threads.shutdownNow();
    }
  }

  /** Takes the orders one by one at the wanted rate, and waits when as many as there are placers are under way. */
  private Void placeAll(Iterable<PlannedOrder> orders) throws InterruptedException {
    var free = new Semaphore(options.placers());
    long startedAt = System.nanoTime();
    long taken = 0;
    for (var order : orders) {
      if (awaitTurn(startedAt, taken++)) return null;
      free.acquire();
      board.planned(order);
      threads.submit(() -> {
        try {
          place(order);
        } finally {
          free.release();
        }
        return null;
      });
    }
    board.allPlanned();
    return null;
  }

  private void place(PlannedOrder order) throws InterruptedException {
    try {
      placer.place(order).ifPresent(id -> {
        board.placed(order.source(), id);
        watcher.watch(order, id);
      });
    } catch (RuntimeException e) {
      board.failed(order.source(), "could not be sent: " + Causes.of(e));
    }
  }

  /** @return true if the run was given up while waiting */
  private boolean awaitTurn(long startedAt, long number) throws InterruptedException {
    if (options.ordersPerSecond() == 0) return stopped.getCount() == 0;
    long dueIn = startedAt + (long) (number * 1e9 / options.ordersPerSecond()) - System.nanoTime();
    return stopped.await(Math.max(dueIn, 0), TimeUnit.NANOSECONDS);
  }

  private static void rethrow(Future<?> placing) throws InterruptedException {
    try {
      placing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException broken) throw broken;
      throw new IllegalStateException("the source of orders broke", e.getCause());
    }
  }
}
