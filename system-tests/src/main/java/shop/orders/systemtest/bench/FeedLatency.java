package shop.orders.systemtest.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/** From the answer to start-handling until a reader that waits has the order's event, at a steady rate. */
final class FeedLatency {
  private static final int CALLERS = 8;
  private static final long LIMIT_SECONDS = 60;

  private final Shop shop;
  private final FeedReader reader;
  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final Map<String, Long> delivered = new ConcurrentHashMap<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  FeedLatency(Shop shop, FeedReader reader) {
    this.shop = shop;
    this.reader = reader;
  }

  /** @param perSecond calls; each writes two events @return milliseconds, one for each order; an event that was there before the answer counts as 0 */
  Histogram run(List<Shop.Placed> orders, double perSecond) throws InterruptedException {
    var all = new CountDownLatch(orders.size());
    var reading = new Thread(() -> read(all), "feed-reader");
    reading.start();
    var callers = Executors.newScheduledThreadPool(CALLERS);
    try {
      long gap = (long) (1e9 / perSecond);
      for (int i = 0; i < orders.size(); i++) {
        var order = orders.get(i);
        callers.schedule(() -> act(order), i * gap, TimeUnit.NANOSECONDS);
      }
      if (!all.await(LIMIT_SECONDS + (long) (orders.size() / perSecond), TimeUnit.SECONDS)) throw new IllegalStateException(all.getCount() + " events did not come", failure.get());
    } finally {
      callers.shutdownNow();
      reading.interrupt();
    }
    if (failure.get() != null) throw new IllegalStateException("the measurement failed", failure.get());
    var histogram = new Histogram(3);
    delivered.forEach((order, at) -> histogram.recordValue(Math.max(0, at - answered.get(order)) / 1_000_000));
    return histogram;
  }

  private void act(Shop.Placed order) {
    try {
      shop.startHandling(order);
      answered.put(order.orderId(), System.nanoTime());
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void read(CountDownLatch all) {
    try {
      while (all.getCount() > 0) {
        var items = reader.read(20);
        long now = System.nanoTime();
        if (items.isEmpty()) continue;
        for (var item : items) {
          if (item.path("state").asString().equals("handling") && delivered.putIfAbsent(item.path("orderId").asString(), now) == null) all.countDown();
        }
        reader.commit(items);
      }
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    }
  }
}
