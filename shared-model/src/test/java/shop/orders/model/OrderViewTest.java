package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.*;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change.CarrierEvent;
import shop.orders.model.Change.InvoiceType;

class OrderViewTest {
  private static final OrderKey KEY = new OrderKey("demo", "v1demo-01");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.1234567Z");
  private static final Change.Placed PLACED = new Change.Placed(Flow.COMPLETE, "rev", 1160, "1", "v1demo");

  @Test
  void document_ofANewOrder() {
    var shown = OrderView.document(placed(), documents());
    assertThat(shown)
        .containsEntry("orderId", "v1demo-01")
        .containsEntry("sellerOrderId", "00-v1demo-01")
        .containsEntry("origin", "Marketplace")
        .containsEntry("status", "payment-pending")
        .containsEntry("creationDate", "2026-11-23T12:00:00.1234560+00:00")
        .containsEntry("authorizedDate", null)
        .containsEntry("hostname", "demo")
        .containsEntry("allowCancellation", true)
        .containsEntry("packageAttachment", Map.of("packages", List.of()));
    assertThat(shown.keySet()).startsWith("orderId", "sequence");
  }

  @Test
  void document_showsPackagesWithWhatTheCarrierSaid() {
    var documents = documents();
    documents.put("package", fields(Map.of("invoiceNumber", "N1", "type", "Output")));
    var posted = new CarrierEvent("Rio", "RJ", "posted", "2026-11-24");
    var order =
        on(placed())
            .move(APPROVE_PAYMENT).move(PAYMENT_APPROVED).move(WINDOW_TO_CANCEL).move(READY_FOR_HANDLING).move(START_HANDLING).move(HANDLING)
            .record(new Change.Invoiced("N1", InvoiceType.Output, 1160, "package"))
            .move(INVOICE).move(INVOICED)
            .record(new Change.Tracked("N1", false, null, List.of(posted)))
            .record(new Change.Tracked("N1", true, "2026-11-25", List.of(posted, new CarrierEvent("Rio", "RJ", "delivered", "2026-11-25"))))
            .result();
    var packages = OrderDocument.objects(((Map<?, ?>) OrderView.document(order, documents).get("packageAttachment")).get("packages"));
    assertThat(packages).hasSize(1);
    var courier = (Map<?, ?>) packages.get(0).get("courierStatus");
    assertThat(courier.get("finished")).isEqualTo(true);
    assertThat(courier.get("deliveredDate")).isEqualTo("2026-11-25");
    assertThat((List<?>) courier.get("data")).hasSize(2);
    assertThat(order.invoicedValue()).isEqualTo(1160);
  }

  @Test
  void document_saysWhyItWasCanceled() {
    var order = on(placed()).move(CANCEL, new Change.CancelAsked("too large", true, false)).move(CANCELED).result();
    var shown = OrderView.document(order, documents());
    assertThat(shown).containsEntry("cancelReason", "too large").containsEntry("allowCancellation", false);
    assertThat(((Map<?, ?>) shown.get("cancellationData")).get("RequestedByUser")).isEqualTo(true);
  }

  private static Order placed() {
    return Decision.place(KEY, PLACED, UUID.randomUUID(), NOON, "key:test").move(ON_ORDER_COMPLETED).move(PAYMENT_PENDING).result();
  }

  private static Decision on(Order order) {
    return Decision.on(order, UUID.randomUUID(), NOON, "system");
  }

  private static Map<String, Map<String, @Nullable Object>> documents() {
    var document = fields(Map.of("value", 1160L, "items", List.of(Map.of("id", "18", "quantity", 1L, "price", 990L))));
    return new LinkedHashMap<>(Map.of("rev", OrderDocument.placed(document).fields()));
  }

  private static Map<String, @Nullable Object> fields(Map<String, Object> fields) {
    return new LinkedHashMap<>(fields);
  }
}
