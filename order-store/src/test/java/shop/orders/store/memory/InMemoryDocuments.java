package shop.orders.store.memory;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.model.OrderKey;
import shop.orders.store.KeptDocument;
import shop.orders.store.OrderDays.CreatedOrder;

/** What search keeps beside orders: of each the newest. */
public final class InMemoryDocuments {
  private final Map<OrderKey, KeptDocument> kept = new ConcurrentHashMap<>();

  public void keep(Collection<KeptDocument> documents) {
    for (var each : documents) kept.merge(each.key(), each, (a, b) -> a.version() > b.version() ? a : b);
  }

  /** The order with its document, or with none. */
  public KeptDocument beside(CreatedOrder order) {
    return kept.getOrDefault(order.key(), new KeptDocument(order.key(), order.createdAt(), 0, null));
  }
}
