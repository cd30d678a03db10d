package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.*;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change.InvoiceType;

class OutcomeTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Change.CancelAsked BY_SHOPPER = new Change.CancelAsked("too late", true, false);

  private final UUID asked = UUID.randomUUID();

  @Test
  void aWrittenCommand_isDone() {
    var order = on(sold(), asked).move(READY_FOR_HANDLING).move(START_HANDLING).result();
    var outcome = Outcome.of(order, asked);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
    assertThat(outcome.events()).extracting(OrderEvent::status).containsExactly(READY_FOR_HANDLING, START_HANDLING);
  }

  @Test
  void aCommandThatLeftNothing_isNotDone() {
    assertThat(Outcome.of(sold(), asked)).isEqualTo(new Outcome(Outcome.Kind.NOT_DONE, null, List.of()));
  }

  @Test
  void aCancellation_isPendingUntilSomebodyDecides() {
    var order = cancellationRequested();
    assertThat(Outcome.of(order, asked).kind()).isEqualTo(Outcome.Kind.PENDING);
    var noted = on(order, UUID.randomUUID()).record(new Change.PaymentNotified("P")).result();
    assertThat(Outcome.of(noted, asked).kind()).isEqualTo(Outcome.Kind.PENDING);
  }

  @Test
  void aCancellationThatWasAgreedTo_isDone() {
    var order = on(cancellationRequested(), UUID.randomUUID()).move(CANCEL, new Change.CancelAsked("fine", false, false)).move(CANCELED).result();
    var outcome = Outcome.of(order, asked);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
    assertThat(outcome.events()).extracting(OrderEvent::status).containsExactly(CANCELLATION_REQUESTED, CANCEL, CANCELED);
  }

  @Test
  void aCancellationThatWasDenied_isRefusedWithTheReason() {
    var order = on(cancellationRequested(), UUID.randomUUID()).move(HANDLING, new Change.Moved("already on the truck")).result();
    var later = on(order, UUID.randomUUID()).record(new Change.Invoiced("N1", InvoiceType.Output, 1160, "rev-2")).move(INVOICE).move(INVOICED).result();
    for (var o : List.of(order, later)) {
      assertThat(Outcome.of(o, asked).kind()).isEqualTo(Outcome.Kind.REFUSED);
      assertThat(Outcome.of(o, asked).reason()).isEqualTo("already on the truck");
      assertThat(Outcome.of(o, asked).events()).hasSize(2);
    }
  }

  @Test
  void aCancellation_isRefusedByAnInvoice() {
    var order = OrderSamples.placed(Flow.SOLD_BY_OTHERS, NOON);
    order = on(order, UUID.randomUUID()).move(APPROVE_PAYMENT).move(PAYMENT_APPROVED).result();
    order = on(order, asked).move(REQUEST_CANCEL, BY_SHOPPER).move(WAITING_FOR_SELLER_DECISION).result();
    assertThat(Outcome.of(order, asked).kind()).isEqualTo(Outcome.Kind.PENDING);
    var invoiced = new Change.Invoiced("N1", InvoiceType.Output, 1160, "rev-2");
    order = on(order, UUID.randomUUID()).move(INVOICE_AFTER_CANCELLATION_DENY).record(invoiced).move(INVOICE).move(INVOICED).result();
    assertThat(Outcome.of(order, asked).kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(Outcome.of(order, asked).reason()).isEqualTo("the order was invoiced");
  }

  @Test
  void aCancellationInTheGraceWindow_isDoneAtOnce() {
    var order = on(sold(), asked).move(CANCEL, BY_SHOPPER).move(CANCELED).result();
    assertThat(Outcome.of(order, asked).kind()).isEqualTo(Outcome.Kind.DONE);
  }

  private Order cancellationRequested() {
    var order = on(sold(), UUID.randomUUID()).move(READY_FOR_HANDLING).move(START_HANDLING).move(HANDLING).result();
    return on(order, asked).move(CANCELLATION_REQUESTED, BY_SHOPPER).result();
  }

  private static Order sold() {
    return on(OrderSamples.placed(Flow.COMPLETE, NOON), UUID.randomUUID()).move(APPROVE_PAYMENT).move(PAYMENT_APPROVED).move(WINDOW_TO_CANCEL).result();
  }

  private static Decision on(Order order, UUID command) {
    return Decision.on(order, command, NOON, "key:test");
  }
}
