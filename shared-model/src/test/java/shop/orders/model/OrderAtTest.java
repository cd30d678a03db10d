package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.*;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderAtTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456789Z");

  /** What was shown after each command is shown again, by its version and by its lastChange, however close the commands were. */
  @Test
  void at_tellsTheOrderAsItWasAfterEachCommand() {
    var order = OrderSamples.placed(Flow.COMPLETE, NOON);
    var shown = new HashMap<Long, Map<String, @Nullable Object>>();
    shown.put(order.version(), show(order));
    for (var statuses : new OrderStatus[][] {{APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL}, {READY_FOR_HANDLING}, {START_HANDLING, HANDLING}, {CANCEL, CANCELED}}) {
      var decision = Decision.on(order, UUID.randomUUID(), NOON, "system");
      for (var status : statuses) decision.move(status);
      order = decision.result();
      shown.put(order.version(), show(order));
    }
    assertThat(shown).hasSize(5);
    for (var before : shown.entrySet()) {
      assertThat(show(order.at(before.getKey()).orElseThrow())).isEqualTo(before.getValue());
      var lastChange = VtexDates.read(before.getValue().get("lastChange")).orElseThrow();
      assertThat(show(order.at(lastChange).orElseThrow())).isEqualTo(before.getValue());
    }
  }

  @Test
  void at_knowsNothingBeforeTheOrder() {
    var order = OrderSamples.placed(Flow.COMPLETE, NOON);
    assertThat(order.at(order.createdAt().minusNanos(1))).isEmpty();
    assertThat(order.at(order.createdAt())).contains(order);
    assertThat(order.at(0)).isEmpty();
    assertThat(order.at(4)).isEmpty();
    assertThat(order.at(2).orElseThrow().status()).isEqualTo(ON_ORDER_COMPLETED);
  }

  /** What it was before is its timeline, not a version. */
  @Test
  void at_knowsAnImportedOrderFromItsLastChangeThere() {
    var sent = new HashMap<String, @Nullable Object>();
    sent.put("orderId", "old-01");
    sent.put("status", "handling");
    sent.put("creationDate", "2026-01-01T00:00:00Z");
    sent.put("lastChange", "2026-01-02T00:00:00.1234567Z");
    sent.put("value", 100L);
    sent.put("items", List.of(Map.of("id", "1", "quantity", 1L)));
    var order = Decision.take(new OrderKey("demo", "old-01"), ImportedOrder.of(sent, "demo", "rev", false, NOON), UUID.randomUUID(), NOON, "system").result();
    var later = Decision.on(order, UUID.randomUUID(), NOON.plusSeconds(1), "key:k").record(new Change.Noted("s", "m")).result();
    assertThat(later.at(Instant.parse("2026-01-02T00:00:00.1234567Z"))).contains(order);
    assertThat(later.at(Instant.parse("2026-01-02T00:00:00.1234566Z"))).isEmpty();
    assertThat(later.at(NOON)).contains(order);
    assertThat(later.at(NOON.plusSeconds(1))).contains(later);
  }

  private static Map<String, @Nullable Object> show(Order order) {
    return OrderView.document(order, OrderSamples.documents());
  }
}
