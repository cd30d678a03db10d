package shop.orders.search.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;

/**
 * "Index these ids": reads the orders as they are now and writes their documents. The one way into the index, for live traffic, rebuild
 * and repair alike; doing it twice, late or in any order leaves the newest document. Safe for use by many threads.
 */
public class Indexer implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Indexer.class);

  /** What Elasticsearch takes as {@code _id}. */
  private static final int LONGEST_ID_BYTES = 512;

  private final OrderStore store;
  private final BulkWriter writer;
  private final ExecutorService readers;
  private final Counter skeletons;
  private final Counter unreadable;

  Indexer(OrderStore store, BulkWriter writer, int readers, MeterRegistry meters) {
    this.store = store;
    this.writer = writer;
    var number = new AtomicInteger();
    this.readers =
        Executors.newFixedThreadPool(
            readers,
            work -> {
              var thread = new Thread(work, "index-reader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.skeletons = Counter.builder("orders.index.skeletons").description("orders indexed without their content, because it was refused").register(meters);
    this.unreadable = Counter.builder("orders.index.unreadable").description("orders that could not be indexed at all").register(meters);
  }

  /**
   * Indexes the orders as they are in the store now; returns when each of them is in, or known not to be possible.
   *
   * @param keys any number; orders are read at the same time and held in memory together, so a few thousand at most
   * @throws IndexUnavailable if the index does not take them now: do it again, all of it
   * @throws StoreUnavailable if the store does not answer: do it again, all of it
   */
  public IndexReport index(Collection<OrderKey> keys) {
    var made = read(new LinkedHashSet<>(keys));
    var versions = new LinkedHashMap<OrderKey, Long>();
    var poor = new LinkedHashMap<OrderKey, String>();
    var absent = new LinkedHashSet<OrderKey>();
    var broken = new LinkedHashMap<OrderKey, String>();
    var orders = new LinkedHashMap<OrderKey, Order>();
    var documents = new ArrayList<IndexDocument>();
    made.forEach(
        (key, result) -> {
          if (result instanceof Made.Document document) {
            orders.put(key, document.order);
            documents.add(document.document);
            versions.put(key, document.order.version());
            if (document.document.problem() != null) poor.put(key, document.document.problem());
          } else if (result instanceof Made.Unreadable unreadable) {
            broken.put(key, unreadable.reason);
          } else {
            absent.add(key);
          }
        });
    poor.putAll(writeAll(orders, documents));
    poor.forEach((key, reason) -> log.warn("order {} is indexed without its content: {}", key, reason));
    broken.forEach((key, reason) -> log.error("order {} is NOT in the index: {}", key, reason));
    skeletons.increment(poor.size());
    unreadable.increment(broken.size());
    return new IndexReport(versions, poor, absent, broken);
  }

  /** @return orders of which only a skeleton was taken */
  private Map<OrderKey, String> writeAll(Map<OrderKey, Order> orders, List<IndexDocument> documents) {
    var reasons = new LinkedHashMap<OrderKey, String>();
    var instead = new ArrayList<IndexDocument>();
    writer
        .write(documents)
        .forEach(
            (document, reason) -> {
              var key = new OrderKey(document.account(), document.orderId());
              reasons.put(key, reason);
              instead.add(OrderProjection.skeleton(orders.get(key), reason));
            });
    var refusedAgain = writer.write(instead);
    if (!refusedAgain.isEmpty()) {
      // Nothing in a skeleton is the sender's, so it is the index that is wrong: waiting loses nothing, going on would.
      throw new IndexUnavailable("the index refuses even skeletons: " + refusedAgain.values().iterator().next());
    }
    return reasons;
  }

  private Map<OrderKey, Made> read(Set<OrderKey> keys) {
    var running = new LinkedHashMap<OrderKey, CompletableFuture<Made>>();
    for (var key : keys) running.put(key, CompletableFuture.supplyAsync(() -> make(key), readers));
    var made = new LinkedHashMap<OrderKey, Made>();
    @Nullable StoreUnavailable away = null;
    for (var each : running.entrySet()) {
      try {
        made.put(each.getKey(), each.getValue().join());
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof StoreUnavailable unavailable)) throw e;
        away = unavailable; // go on: no read may still run when the caller tries again
      }
    }
    if (away != null) throw new StoreUnavailable("orders to index could not be read", away);
    return made;
  }

  private Made make(OrderKey key) {
    if ((key.account() + "/" + key.orderId()).getBytes(StandardCharsets.UTF_8).length > LONGEST_ID_BYTES) {
      return new Made.Unreadable("its id is longer than " + LONGEST_ID_BYTES + " bytes");
    }
    @Nullable Order order;
    try {
      order = store.find(key).orElse(null);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("order {} cannot be read", key, e);
      return new Made.Unreadable(e.toString());
    }
    if (order == null) return new Made.Absent();
    try {
      return new Made.Document(order, OrderProjection.document(order, store.documents(key)));
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("order {} cannot be projected", key, e);
      return new Made.Document(order, OrderProjection.skeleton(order, e.toString()));
    }
  }

  @Override
  public void destroy() {
    readers.shutdownNow();
  }

  private sealed interface Made {
    record Document(Order order, IndexDocument document) implements Made {}

    record Unreadable(String reason) implements Made {}

    record Absent() implements Made {}
  }
}
