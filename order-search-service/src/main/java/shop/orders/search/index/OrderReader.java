package shop.orders.search.index;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.FoundOrder;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.log.LogIds;
import tools.jackson.databind.json.JsonMapper;

/** Makes documents of orders as they are in the store now. Safe for use by many threads. */
class OrderReader {
  private static final Logger log = LoggerFactory.getLogger(OrderReader.class);

  /** What Elasticsearch takes as {@code _id}. */
  private static final int LONGEST_ID_BYTES = 512;

  /** What an order of 5,000 lines takes as a tree of objects, and as much again for the rest of us. */
  private static final long LARGEST_DOCUMENT = 100L << 20;

  private final OrderStore store;
  private final JsonMapper json;
  private final Clock clock;

  /** How large a document is shows only when it is there, so it is their number that is bounded. */
  private final Semaphore documents;

  /** @param documentsAtOnce how many may be in memory at the same time */
  OrderReader(OrderStore store, JsonMapper json, Clock clock, int documentsAtOnce) {
    this.store = store;
    this.json = json;
    this.clock = clock;
    this.documents = new Semaphore(documentsAtOnce);
  }

  /** How many of the largest documents fit into a heap of so many bytes: 2 at least, since with one there is no use for two processors. */
  static int documentsFor(long heap, int readers) {
    return (int) Math.max(2, Math.min(readers, heap / LARGEST_DOCUMENT));
  }

  /** What was made of an order. */
  sealed interface Made {
    OrderKey key();

    /** @param problem why it is a skeleton; null if it is whole */
    record Document(Order order, Write.Content content, @Nullable String problem) implements Made {
      @Override
      public OrderKey key() {
        return order.key();
      }
    }

    /** As it was made before, and may be behind. */
    record Kept(OrderKey key, long version, Write.Content content) implements Made {}

    record Unreadable(OrderKey key, String reason) implements Made {}

    record Absent(OrderKey key) implements Made {}
  }

  /** @throws StoreUnavailable if the store does not answer */
  Made read(OrderKey key) {
    if (!isIdShort(key)) {
      return new Made.Unreadable(key, "its id is longer than " + LONGEST_ID_BYTES + " bytes");
    }
    @Nullable Order order;
    try {
      order = store.find(key).orElse(null);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LogIds.during(key, () -> log.error("order {} cannot be read", key, e));
      return new Made.Unreadable(key, e.toString());
    }
    if (order == null) return new Made.Absent(key);
    try {
      return document(() -> new FoundOrder.Content(order, store.documents(key)));
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LogIds.during(key, () -> log.error("order {} cannot be projected", key, e));
      return skeleton(order, e.toString());
    }
  }

  /** As {@link #read}; asks the store again only if what was found does not do. */
  private Made read(FoundOrder found) {
    if (isIdShort(found.header().key())) {
      try {
        return document(found.content());
      } catch (RuntimeException e) {
        log.debug("order {} is read again: {}", found.header().key(), e.toString());
      }
    }
    return read(found.header().key());
  }

  /**
   * As {@link #read(OrderKey)} for each, asked for together.
   *
   * @param keys of one account, as many as may be in memory at once, packed
   * @return in their order; each unpacks its own when it is asked
   */
  List<Supplier<Made>> readTogether(List<OrderKey> keys) {
    var found = new HashMap<OrderKey, FoundOrder>();
    try {
      store.findWhole(keys.get(0).account(), keys.stream().map(OrderKey::orderId).toList()).forEach(each -> found.put(each.header().key(), each));
    } catch (RuntimeException e) {
      // Perhaps for one of them; asked for alone each tells by itself.
      log.debug("{} orders of {} are read one by one: {}", keys.size(), keys.get(0).account(), e.toString());
    }
    return keys.stream().<Supplier<Made>>map(key -> found.containsKey(key) ? () -> read(found.get(key)) : () -> read(key)).toList();
  }

  private Made document(Supplier<FoundOrder.Content> unpacked) {
    documents.acquireUninterruptibly();
    try {
      var content = unpacked.get();
      return new Made.Document(content.order(), Write.Content.of(OrderProjection.document(content.order(), content.documents()), json), null);
    } finally {
      documents.release();
    }
  }

  private static boolean isIdShort(OrderKey key) {
    return (key.account() + "/" + key.orderId()).getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID_BYTES;
  }

  /** What can be said of an order whose document cannot be made, or was refused. */
  Made.Document skeleton(Order order, String reason) {
    return new Made.Document(order, Write.Content.of(OrderProjection.skeleton(order, reason, clock.instant()), json), reason);
  }
}
