package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.*;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PiiViewTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

  @Test
  void document_saysItsIdAndStatusTwice() {
    var order = OrderSamples.placed(Flow.COMPLETE, NOON);
    assertThat(show(order))
        .containsEntry("id", "v1demo-01")
        .containsEntry("orderId", "v1demo-01")
        .containsEntry("status", "payment-pending")
        .containsEntry("state", "payment-pending")
        .containsEntry("creationDate", "2026-11-24T12:00:00.1234560Z")
        .containsEntry("lastChange", "2026-11-24T12:00:00.1234560Z")
        .containsEntry("authorizedDate", null)
        .containsEntry("piiHidden", false)
        .containsEntry("cancellationRequests", List.of())
        .doesNotContainKey("statusDescription");
    assertThat(show(order).keySet()).startsWith("id", "sellerOrderId", "orderFormId", "origin", "orderGroup", "items");
  }

  /** Monday noon in Greenwich is nine in the morning in São Paulo, and the public API writes a Z after that. */
  @Test
  void document_tellsTheStoresTimeWithAMisleadingZ() {
    var documents = OrderSamples.documents();
    var placed = new LinkedHashMap<>(documents.get("rev"));
    placed.put("storePreferencesData", Map.of("timeZone", "E. South America Standard Time"));
    documents.put("rev", placed);
    var order = OrderSamples.placed(Flow.COMPLETE, NOON);
    assertThat(PiiView.document(order, documents)).containsEntry("timeZoneCreationDate", "2026-11-24T09:00:00.1234560Z");
    assertThat(show(order)).containsEntry("timeZoneCreationDate", "2026-11-24T12:00:00.1234560Z");
    placed.put("storePreferencesData", Map.of("timeZone", "America/Bogota"));
    assertThat(PiiView.document(order, documents)).containsEntry("timeZoneLastChange", "2026-11-24T07:00:00.1234560Z");
    placed.put("storePreferencesData", Map.of("timeZone", "somewhere else"));
    assertThat(PiiView.document(order, documents)).containsEntry("timeZoneLastChange", "2026-11-24T12:00:00.1234560Z");
  }

  @Test
  void document_ofACanceledOrder() {
    var asked = new Change.CancelAsked("wrong store", false, false);
    var command = UUID.fromString("49193447-bfda-4767-8371-ea34db330bc3");
    var order = on(OrderSamples.placed(Flow.SOLD_BY_OTHERS, NOON), 1, APPROVE_PAYMENT, PAYMENT_APPROVED);
    order = Decision.on(order, command, NOON.plusSeconds(2), "key:k").move(REQUEST_CANCEL, asked).move(WAITING_FOR_SELLER_DECISION).result();
    order = on(order, 3, CANCEL, CANCELED);
    var shown = show(order);
    var cancellation = (Map<?, ?>) shown.get("cancellationData");
    assertThat(cancellation.keySet()).hasToString(
        "[requestedByUser, requestedBySystem, requestedBySellerNotification, requestedByPaymentNotification, reason, cancellationDate, cancellationRequestId]");
    assertThat(cancellation.get("cancellationRequestId")).isEqualTo("49193447bfda47678371ea34db330bc3");
    assertThat(cancellation.get("cancellationDate")).isEqualTo("2026-11-24T12:00:03.1234560Z");
    assertThat(shown).containsEntry("canceledBy", "key:k").containsEntry("cancelReason", "wrong store");
    var receipts = OrderDocument.objects(((Map<?, ?>) shown.get("receiptData")).get("receiptCollection"));
    assertThat(receipts).extracting(r -> r.get("receiptType"))
        .containsExactly("authorizePayment", "cancelPayment", "sellerCancellation", "marketPlaceCancellation");
    assertThat(receipts.get(0).get("date")).isEqualTo("2026-11-24T12:00:01.1234560Z");
  }

  @Test
  void document_writesItsFamilysNamesSmall() {
    var documents = OrderSamples.documents();
    var placed = new LinkedHashMap<>(documents.get("rev"));
    placed.put("itemMetadata", Map.of("Items", List.of(Map.of("Id", "18", "SkuName", "46", "AssemblyOptions", List.of(Map.of("Required", false))))));
    placed.put("items", List.of(Map.of("id", "18", "quantity", 1L, "additionalInfo", Map.of("categories", List.of(Map.of("id", 10L, "name", "Trousers"))))));
    documents.put("rev", placed);
    var shown = PiiView.document(OrderSamples.placed(Flow.COMPLETE, NOON), documents);
    assertThat(shown.get("itemMetadata")).isEqualTo(Map.of("items", List.of(Map.of("id", "18", "skuName", "46", "assemblyOptions", List.of(Map.of("required", false))))));
    assertThat(OrderDocument.objects(shown.get("items")).get(0).get("productCategories")).isEqualTo(Map.of("10", "Trousers"));
  }

  /** As in the public sample, but for its times. */
  @Test
  void workflowData_putsStatusesIntoLogicalSteps() {
    var order = on(OrderSamples.placed(Flow.SOLD_BY_OTHERS, NOON), 1, APPROVE_PAYMENT, PAYMENT_APPROVED);
    order = on(order, 2, REQUEST_CANCEL, WAITING_FOR_SELLER_DECISION);
    order = on(order, 3, CANCEL, CANCELED);
    var instances = instances(show(order));
    assertThat(instances).hasSize(1);
    var instance = instances.get(0);
    assertThat(instance.keySet()).containsExactly(
        "id", "name", "currentStepName", "currentStepDescription", "lastChange", "isInError", "isInAutomaticRetry", "creationDate", "owner", "version",
        "timeLine", "logicTimeLine", "steps", "currentLogicalStep");
    assertThat(OrderDocument.objects(instance.get("timeLine"))).extracting(s -> s.get("stepName") + " in " + s.get("parentStepName")).containsExactly(
        "order-created in creating", "on-order-completed in creating", "payment-pending in approving-transaction", "approve-payment in approving-transaction",
        "payment-approved in approving-transaction", "request-cancel in accepting-cancel", "waiting-for-seller-decision in authorizing",
        "cancel in canceling", "canceled in canceled");
    assertThat(OrderDocument.objects(instance.get("logicTimeLine"))).extracting(s -> s.get("stepName"))
        .containsExactly("creating", "approving-transaction", "accepting-cancel", "authorizing", "canceling", "canceled");
    assertThat(instance).containsEntry("currentLogicalStep", "canceled").containsEntry("version", "1.12").containsEntry("isInError", false);
    assertThat(String.valueOf(instance.get("owner"))).matches("[0-9A-F]{32}");
    assertThat(show(order)).isEqualTo(show(order));
  }

  @Test
  void workflowData_hasAnInstancePerDomain() {
    var order = on(OrderSamples.placed(Flow.COMPLETE, NOON), 1, APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL, READY_FOR_HANDLING);
    var instances = instances(show(order));
    assertThat(instances).extracting(i -> i.get("name")).containsExactly("Marketplace", "Fulfillment");
    assertThat(instances).extracting(i -> i.get("currentStepName")).containsExactly("payment-approved", "ready-for-handling");
    assertThat(instances).extracting(i -> i.get("currentLogicalStep")).containsExactly("approving-transaction", "preparing");
  }

  @Test
  void workflowData_ofAnImportedOrderIsGoneOnWith() {
    var sent = new LinkedHashMap<String, @Nullable Object>();
    sent.put("orderId", "old-01");
    sent.put("status", "handling");
    sent.put("creationDate", "2026-01-01T00:00:00Z");
    sent.put("authorizedDate", "2026-01-01T01:00:00Z");
    sent.put("lastChange", "2026-01-02T00:00:00Z");
    sent.put("value", 100L);
    sent.put("items", List.of(Map.of("id", "1", "quantity", 1L, "price", 100L)));
    var order = Decision.take(new OrderKey("demo", "old-01"), ImportedOrder.of(sent, "demo", "rev", false, NOON), UUID.randomUUID(), NOON, "system").result();
    var without = instances(PiiView.document(order, Map.of("rev", sent)));
    assertThat(without).extracting(i -> i.get("name")).containsExactly("Marketplace", "Fulfillment");
    assertThat(without.get(1)).containsEntry("currentStepName", "handling").containsEntry("lastChange", "2026-01-02T00:00:00.0000000Z");

    var step = new LinkedHashMap<String, @Nullable Object>(Map.of("stepName", "their-own-step", "date", "2026-01-01T00:00:00Z"));
    sent.put("workflowData", Map.of("instances", List.of(Map.of("name", "Fulfillment", "id", "theirs", "timeLine", List.of(step)))));
    order = on(order, 1, CANCEL, CANCELED);
    var with = instances(PiiView.document(order, Map.of("rev", sent)));
    assertThat(with).hasSize(1);
    assertThat(with.get(0)).containsEntry("id", "theirs").containsEntry("currentLogicalStep", "canceled");
    assertThat(OrderDocument.objects(with.get(0).get("timeLine"))).extracting(s -> s.get("stepName")).containsExactly("their-own-step", "cancel", "canceled");
  }

  /** Every status that a flow can enter has its place, and every step that is led to is known. */
  @Test
  void everyStatusOfAFlow_hasALogicalStep() {
    for (var flow : Flow.values()) {
      for (var status : OrderStatus.values()) {
        for (var next : flow.next(status)) {
          assertThat(Arrays.stream(LogicalSteps.values()).map(steps -> steps.parent(next))).as("%s of %s", next, flow).anyMatch(parent -> parent != null);
        }
      }
    }
  }

  private static Order on(Order order, long seconds, OrderStatus... statuses) {
    var decision = Decision.on(order, UUID.randomUUID(), NOON.plusSeconds(seconds), "system");
    for (var status : statuses) decision.move(status);
    return decision.result();
  }

  private static Map<String, @Nullable Object> show(Order order) {
    return PiiView.document(order, OrderSamples.documents());
  }

  private static List<Map<String, @Nullable Object>> instances(Map<String, @Nullable Object> shown) {
    return OrderDocument.objects(((Map<?, ?>) shown.get("workflowData")).get("instances"));
  }
}
