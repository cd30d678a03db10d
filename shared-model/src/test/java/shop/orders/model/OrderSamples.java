package shop.orders.model;

import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders for tests of the model. */
final class OrderSamples {
  static final OrderKey KEY = new OrderKey("demo", "v1demo-01");

  private OrderSamples() {}

  /** Placed up to payment-pending; its document is {@code rev}. */
  static Order placed(Flow flow, Instant at) {
    var placed = new Change.Placed(flow, "rev", 1160, "1", "v1demo");
    return Decision.place(KEY, placed, UUID.randomUUID(), at, "key:test").move(ON_ORDER_COMPLETED).move(PAYMENT_PENDING).result();
  }

  /** The document of {@link #placed}, with room for more. */
  static Map<String, Map<String, @Nullable Object>> documents() {
    var placed = OrderDocument.placed(Map.of("value", 1160L, "items", List.of(Map.of("id", "18", "quantity", 1L, "price", 860L, "seller", "1"))));
    var documents = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    documents.put("rev", placed.fields());
    return documents;
  }
}
