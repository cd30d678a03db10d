package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.model.OrderStatus.*;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final OrderKey KEY = new OrderKey("demo", "v1demo-01");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void place_writesItsAutomaticStatusesTogether() {
    var decision = placed();
    assertThat(decision.baseVersion()).isZero();
    assertThat(decision.events()).extracting(OrderEvent::version).containsExactly(1L, 2L, 3L);
    assertThat(decision.events()).extracting(OrderEvent::status).containsExactly(ORDER_CREATED, ON_ORDER_COMPLETED, PAYMENT_PENDING);
    assertThat(decision.events()).extracting(OrderEvent::lastStatus).containsExactly(null, ORDER_CREATED, ON_ORDER_COMPLETED);
    assertThat(decision.events()).extracting(OrderEvent::commandId).containsOnly(decision.commandId());
    assertThat(decision.result().status()).isEqualTo(PAYMENT_PENDING);
  }

  @Test
  void move_refusesWhatTheFlowHasNoEdgeFor() {
    var order = placed().result();
    assertThatThrownBy(() -> on(order, NOON).move(INVOICED))
        .isInstanceOf(IllegalTransition.class)
        .hasMessageContaining("v1demo-01 is payment-pending and cannot move to invoiced");
  }

  @Test
  void move_goesOverToFulfillmentWithTheGraceWindow() {
    var approved = on(placed().result(), NOON).move(APPROVE_PAYMENT).move(PAYMENT_APPROVED).move(WINDOW_TO_CANCEL).result();
    assertThat(approved.events()).extracting(OrderEvent::domain).containsExactly(
        Domain.MARKETPLACE, Domain.MARKETPLACE, Domain.MARKETPLACE, Domain.MARKETPLACE, Domain.MARKETPLACE, Domain.FULFILLMENT);
    var canceled = on(approved, NOON).move(CANCEL).move(CANCELED).result();
    assertThat(canceled.domain()).isEqualTo(Domain.FULFILLMENT);
  }

  @Test
  void record_keepsTheStatus() {
    var order = on(placed().result(), NOON.plusSeconds(5)).record(new Change.PaymentNotified("P")).result();
    assertThat(order.status()).isEqualTo(PAYMENT_PENDING);
    assertThat(order.version()).isEqualTo(4);
    assertThat(order.statusSince()).isEqualTo(NOON);
    assertThat(order.events().get(3).isTransition()).isFalse();
  }

  @Test
  void lastChange_isWhenTheStatusBeforeWasEntered() {
    var order = on(placed().result(), NOON.plusSeconds(5)).record(new Change.PaymentNotified("P")).result();
    var event = on(order, NOON.plusSeconds(9)).move(APPROVE_PAYMENT).move(PAYMENT_APPROVED).events();
    assertThat(event.get(0).lastChange()).isEqualTo(NOON);
    assertThat(event.get(1).lastChange()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void on_letsTimeGrowFromCommandToCommand() {
    var order = placed().result();
    for (int i = 1; i <= 3; i++) {
      order = on(order, NOON.minusSeconds(60)).record(new Change.PaymentNotified("P")).result();
      assertThat(order.changedAt()).isEqualTo(NOON.plus(i, ChronoUnit.MICROS));
    }
    assertThat(on(order, NOON.plusNanos(123_456_789)).at()).isEqualTo(NOON.plusNanos(123_456_000));
  }

  @Test
  void fold_refusesAGap() {
    var events = placed().events();
    assertThatThrownBy(() -> Order.fold(KEY, 0, List.of(events.get(0), events.get(2)))).hasMessageContaining("event 3 stands where 2 belongs");
  }

  private static Decision placed() {
    var placed = new Change.Placed(Flow.COMPLETE, "rev", 1160, "1", "v1demo");
    return Decision.place(KEY, placed, UUID.randomUUID(), NOON, "key:test").move(ON_ORDER_COMPLETED).move(PAYMENT_PENDING);
  }

  private static Decision on(Order order, Instant at) {
    return Decision.on(order, UUID.randomUUID(), at, "system");
  }
}
