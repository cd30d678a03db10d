package shop.orders.workflow;

import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.store.CommitOutcome;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderStore;

/** Orders for tests. */
public final class Sample {
  private Sample() {}

  public static OrderCommit placement(OrderKey key, Instant at) {
    var placed = new Change.Placed(Flow.COMPLETE, UUID.randomUUID().toString(), 990, "1", "v1");
    var decision = Decision.place(key, placed, UUID.randomUUID(), at, "test").move(ON_ORDER_COMPLETED).move(PAYMENT_PENDING);
    return new OrderCommit(decision, Map.of(placed.documentRev(), document()), null);
  }

  public static Order placed(OrderStore store, OrderKey key, Instant at) {
    return applied(store, placement(key, at));
  }

  public static Order moved(OrderStore store, Order order, Instant at, OrderStatus... statuses) {
    var decision = Decision.on(order, UUID.randomUUID(), at, "test");
    for (var status : statuses) decision.move(status);
    return applied(store, new OrderCommit(decision, Map.of(), null));
  }

  public static Map<String, @Nullable Object> document() {
    return OrderDocument.placed(Map.of("value", 990L, "items", List.of(Map.of("id", "18", "quantity", 1L, "price", 990L, "seller", "1")))).fields();
  }

  private static Order applied(OrderStore store, OrderCommit commit) {
    if (store.commit(commit) instanceof CommitOutcome.Applied applied) return applied.order();
    throw new AssertionError("not applied: " + commit.decision().key());
  }
}
