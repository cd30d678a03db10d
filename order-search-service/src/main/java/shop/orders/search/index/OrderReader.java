package shop.orders.search.index;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.FoundOrder;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import tools.jackson.databind.json.JsonMapper;

/** Makes documents of orders as they are in the store now. Safe for use by many threads. */
class OrderReader {
  private static final Logger log = LoggerFactory.getLogger(OrderReader.class);

  /** What Elasticsearch takes as {@code _id}. */
  private static final int LONGEST_ID_BYTES = 512;

  private final OrderStore store;
  private final JsonMapper json;
  private final Clock clock;

  OrderReader(OrderStore store, JsonMapper json, Clock clock) {
    this.store = store;
    this.json = json;
    this.clock = clock;
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
      log.error("order {} cannot be read", key, e);
      return new Made.Unreadable(key, e.toString());
    }
    if (order == null) return new Made.Absent(key);
    try {
      return document(order, store.documents(key));
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("order {} cannot be projected", key, e);
      return skeleton(order, e.toString());
    }
  }

  /** As {@link #read}; asks the store again only if what was found does not do. */
  Made read(FoundOrder found) {
    try {
      if (isIdShort(found.header().key())) {
        var content = found.content().get();
        return document(content.order(), content.documents());
      }
    } catch (RuntimeException e) {
      log.debug("order {} is read again: {}", found.header().key(), e.toString());
    }
    return read(found.header().key());
  }

  private Made document(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    return new Made.Document(order, Write.Content.of(OrderProjection.document(order, documents), json), null);
  }

  private static boolean isIdShort(OrderKey key) {
    return (key.account() + "/" + key.orderId()).getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID_BYTES;
  }

  /** What can be said of an order whose document cannot be made, or was refused. */
  Made.Document skeleton(Order order, String reason) {
    return new Made.Document(order, Write.Content.of(OrderProjection.skeleton(order, reason, clock.instant()), json), reason);
  }
}
