package shop.orders.systemtest.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.Json;

/** From the answer to placing an order until the order list shows it, at a steady rate; the list is asked again and again by one client. */
final class SearchLatency {
  private static final int PLACERS = 16;
  private static final int PER_PAGE = 100;
  private static final int LAST_PAGE = 30;

  /** Further back no list goes. */
  static final int MOST_ORDERS = PER_PAGE * LAST_PAGE;

  /** Orders are not seen in the order they were placed in: another of Kafka's partitions may be seconds behind. */
  private static final int LATE_PAGES = 3;

  /** One that asks without a pause takes a core from what it measures. */
  private static final int PAUSE_MILLIS = 100;
  private static final long LIMIT_SECONDS = 60;

  private final Shop shop;
  private final PlainHttp list;
  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final Map<String, Long> found = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** @param list where the list is asked */
  SearchLatency(Shop shop, Connection list) {
    this.shop = shop;
    this.list = new PlainHttp(list, PLACERS);
  }

  /** @return milliseconds, one for each order; one that was found before its answer was read counts as 0 */
  Histogram run(int orders, double perSecond) throws InterruptedException {
    var all = new CountDownLatch(orders);
    var looking = new Thread(() -> look(all, orders), "list-reader");
    looking.start();
    var placers = Executors.newScheduledThreadPool(PLACERS);
    try {
      long gap = (long) (1e9 / perSecond);
      for (int i = 0; i < orders; i++) placers.schedule(this::place, i * gap, TimeUnit.NANOSECONDS);
      if (!all.await(LIMIT_SECONDS + (long) (orders / perSecond), TimeUnit.SECONDS)) {
        throw new IllegalStateException(all.getCount() + " of " + orders + " orders are not in the list, " + answered.size() + " were placed; " + failure.get());
      }
    } finally {
      placers.shutdownNow();
      looking.interrupt();
      looking.join();
    }
    if (failure.get() != null) throw new IllegalStateException("the measurement failed", failure.get());
    var histogram = new Histogram(3);
    found.forEach((order, at) -> histogram.recordValue(Math.max(0, at - answered.getOrDefault(order, at)) / 1_000_000));
    return histogram;
  }

  /** Times the list was not answered. */
  int refused() {
    return refused.get();
  }

  private void place() {
    try {
      answered.put(shop.place().orderId(), System.nanoTime());
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void look(CountDownLatch all, int orders) {
    while (all.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
      try {
        boolean placed = answered.size() == orders; // then those that came late may be anywhere
        for (int page = 1; page <= LAST_PAGE && (news(page, all) > 0 || page < LATE_PAGES || placed); page++) {}
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (IOException e) {
        refused.incrementAndGet(); // the time it takes until the list answers again is part of what is measured
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** @return how many of the page were not known before */
  private int news(int page, CountDownLatch all) throws IOException {
    var rows = Json.MAPPER.readTree(list.get("/api/oms/pvt/orders?orderBy=creationDate,desc&per_page=" + PER_PAGE + "&page=" + page)).path("list");
    long now = System.nanoTime();
    int news = 0;
    for (var row : rows) {
      if (found.putIfAbsent(row.path("orderId").asString(), now) != null) continue;
      news++;
      all.countDown();
    }
    return news;
  }
}
