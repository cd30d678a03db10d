package shop.orders.systemtest.bench;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import shop.orders.store.LogEntry;

/**
 * Start-handling and invoice, over HTTP at the workflow service, on orders that are ready: two visible transitions each. Timed from the
 * first request until the last of them stands in the event log.
 */
final class Transitions {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Shop shop;
  private final int clients;
  private volatile @Nullable Awaited awaited;

  /** What a round waits for in the log. */
  private record Awaited(String status, Set<String> orders, CountDownLatch all) {}

  /** @param clients requests at one time */
  Transitions(Shop shop, int clients) {
    this.shop = shop;
    this.clients = clients;
  }

  /** For the log's follower. */
  void logged(LogEntry entry) {
    var waiting = awaited;
    if (waiting == null || !entry.status().equals(waiting.status()) || entry.status().equals(entry.lastStatus())) return;
    if (waiting.orders().add(entry.orderId())) waiting.all().countDown();
  }

  /** Orders ready for handling; not timed. */
  List<Shop.Placed> prepare(int orders) throws InterruptedException {
    var placed = new ConcurrentLinkedQueue<Shop.Placed>();
    var left = new AtomicInteger(orders);
    var all = await("ready-for-handling", orders);
    Workers.run(clients, () -> {
      while (left.getAndDecrement() > 0) placed.add(shop.place());
    });
    whole(all, "ready-for-handling");
    return List.copyOf(placed);
  }

  /** @return transitions per second */
  double run(List<Shop.Placed> orders) throws InterruptedException {
    Queue<Shop.Placed> left = new ConcurrentLinkedQueue<>(orders);
    var all = await("invoiced", orders.size());
    long begin = System.nanoTime();
    Workers.run(clients, () -> {
      for (var order = left.poll(); order != null; order = left.poll()) {
        shop.startHandling(order);
        shop.invoice(order);
      }
    });
    whole(all, "invoiced");
    return 2 * orders.size() / ((System.nanoTime() - begin) / 1e9);
  }

  private CountDownLatch await(String status, int orders) {
    var latch = new CountDownLatch(orders);
    awaited = new Awaited(status, ConcurrentHashMap.newKeySet(), latch);
    return latch;
  }

  private static void whole(CountDownLatch all, String status) throws InterruptedException {
    if (all.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) return;
    throw new IllegalStateException(all.getCount() + " orders are not " + status + " in the event log after " + LIMIT.toSeconds() + " s");
  }
}
