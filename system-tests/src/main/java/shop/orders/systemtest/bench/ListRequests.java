package shop.orders.systemtest.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import shop.orders.localstack.client.Connection;

/** Somebody who looks at the order list all the time, five times a second, and notes when it was not answered. */
final class ListRequests implements AutoCloseable {
  private static final long GAP_MILLIS = 200;

  private final PlainHttp list;
  private final Thread thread = new Thread(this::ask, "list-reader");
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Instant> failures = Collections.synchronizedList(new ArrayList<>());

  ListRequests(Connection connection) {
    list = new PlainHttp(connection, 1);
    thread.start();
  }

  int asked() {
    return asked.get();
  }

  /** Requests that were not answered with a list, since {@code from}. */
  long failuresSince(Instant from) {
    return List.copyOf(failures).stream().filter(at -> !at.isBefore(from)).count();
  }

  private void ask() {
    try {
      while (true) {
        asked.incrementAndGet();
        try {
          list.get("/api/oms/pvt/orders?orderBy=creationDate,desc&per_page=15");
        } catch (IOException e) {
          failures.add(Instant.now());
        }
        TimeUnit.MILLISECONDS.sleep(GAP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is over
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
