package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.model.OrderStatus.*;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.orders.model.Change.InvoiceType;

class ImportedOrderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void document_comesBackToTheLetterWhileNothingHappened() {
    var sent = document("handling");
    sent.put("somethingNobodyKnows", List.of(1L, "two", new BigDecimal("3.0")));
    sent.put("cancelReason", "left over");
    assertThat(OrderView.document(taken(sent, false), Map.of("rev", sent))).isEqualTo(sent).isNotSameAs(sent);
  }

  @Test
  void dates_areThoseOfTheDocumentAndNotOfTheImport() {
    var order = taken(document("handling"), false);
    assertThat(order.createdAt()).isEqualTo("2016-10-05T10:31:49.1234567Z");
    assertThat(order.authorizedAt()).contains(Instant.parse("2016-10-06T05:46:24Z"));
    assertThat(order.changedAt()).isEqualTo("2016-10-10T05:46:24Z");
    assertThat(order.statusSince()).isEqualTo("2016-10-10T05:46:24Z");
    assertThat(order.events().get(0).at()).isEqualTo(NOW);
    assertThat(order.status()).isEqualTo(HANDLING);
    assertThat(order.domain()).isEqualTo(Domain.FULFILLMENT);
    assertThat(order.placed().sequence()).isEqualTo("502556");
  }

  @Test
  void timeline_isReadFromWorkflowDataAndGoesOnThere() {
    var sent = document("ready-for-handling");
    sent.put("workflowData", timelines(step("order-created", "2016-10-05T10:31:49Z"), step("payment-approved", "2016-10-06T05:46:24.5Z"), step("ready-for-handling", "2016-10-06T06:16:24Z")));
    var order = taken(sent, false);
    assertThat(order.entered(PAYMENT_APPROVED)).contains(Instant.parse("2016-10-06T05:46:24.5Z"));
    assertThat(order.statusSince()).isEqualTo("2016-10-06T06:16:24Z");

    var handled = Decision.on(order, UUID.randomUUID(), NOW, "key:erp").move(START_HANDLING).move(HANDLING).result();
    var shown = OrderView.document(handled, Map.of("rev", sent));
    assertThat(shown).containsEntry("status", "handling").containsEntry("creationDate", sent.get("creationDate")).containsEntry("authorizedDate", sent.get("authorizedDate"));
    var instances = OrderDocument.objects(((Map<?, ?>) shown.get("workflowData")).get("instances"));
    assertThat(instances).extracting(i -> i.get("name")).containsExactly("Marketplace", "Fulfillment");
    assertThat(OrderDocument.objects(instances.get(1).get("timeLine"))).extracting(s -> s.get("stepName")).containsExactly("start-handling", "handling");
    assertThat(handled.entered(PAYMENT_APPROVED)).isPresent();
    assertThat(sent.get("status")).isEqualTo("ready-for-handling");
  }

  @Test
  void packages_countAsInvoicesAndTakeReports() {
    var sent = document("handling");
    sent.put("packageAttachment", fields("packages", List.of(fields("invoiceNumber", "N1", "type", "Output", "invoiceValue", 1000L, "trackingNumber", "T1"))));
    var order = taken(sent, false);
    assertThat(order.invoices()).containsExactly(new Order.Invoice("N1", InvoiceType.Output, 1000));
    assertThat(order.invoicedValue()).isEqualTo(1000);
    assertThat(order.deliveries()).isEmpty();

    var tracked = Decision.on(order, UUID.randomUUID(), NOW, "key:carrier").record(new Change.Tracked("N1", true, "2016-10-16", List.of())).result();
    assertThat(tracked.deliveries()).containsEntry("N1", "2016-10-16");
    var shown = OrderDocument.objects(((Map<?, ?>) OrderView.document(tracked, Map.of("rev", sent)).get("packageAttachment")).get("packages"));
    assertThat(shown).hasSize(1);
    assertThat(shown.get(0)).containsEntry("trackingNumber", "T1");
    assertThat(((Map<?, ?>) shown.get(0).get("courierStatus")).get("finished")).isEqualTo(true);
  }

  @Test
  void packages_withANumberForANumberTakeReportsToo_andALineSentAgainCountsOnce() {
    var sent = document("handling");
    var line = fields("lastChange", "2016-10-11", "city", "Rio", "state", "RJ", "description", "posted", "createDate", "2016-10-11");
    sent.put("packageAttachment", fields("packages", List.of(fields("invoiceNumber", 123L, "courierStatus", fields("data", List.of(line))))));
    var events = List.of(new Change.CarrierEvent("Rio", "RJ", "posted", "2016-10-11"), new Change.CarrierEvent("Rio", "RJ", "delivered", "2016-10-16"));
    var tracked = Decision.on(taken(sent, false), UUID.randomUUID(), NOW, "key:carrier").record(new Change.Tracked("123", true, null, events)).result();
    var shown = OrderDocument.objects(((Map<?, ?>) OrderView.document(tracked, Map.of("rev", sent)).get("packageAttachment")).get("packages")).get(0);
    assertThat(OrderDocument.objects(((Map<?, ?>) shown.get("courierStatus")).get("data"))).extracting(l -> l.get("description")).containsExactly("posted", "delivered");
  }

  @Test
  void event_staysSmallWhateverTheDocumentHolds() {
    var sent = document("handling");
    sent.put("workflowData", timelines(step("x".repeat(60_000), "2018-01-01T00:00:00Z"), step("handling", "2017-01-01T00:00:00Z")));
    assertThat(taken(sent, false).imported().orElseThrow().entered()).containsOnlyKeys("handling", "payment-approved");
    var packages = new ArrayList<Object>();
    for (int i = 0; i <= 1_000; i++) packages.add(fields("invoiceNumber", "N" + i));
    sent.put("packageAttachment", fields("packages", packages));
    assertThatThrownBy(() -> taken(sent, false)).isInstanceOf(InvalidDocument.class).hasMessageContaining("1000");
    var long1 = document("handling");
    long1.put("sequence", "1".repeat(201));
    assertThatThrownBy(() -> taken(long1, false)).isInstanceOf(InvalidDocument.class).hasMessageContaining("sequence");
  }

  @Test
  void dates_aLittleAheadDoNotHoldUpWhatHappensHere() {
    var sent = document("handling");
    sent.put("lastChange", NOW.plusSeconds(3600 * 23).toString());
    assertThat(taken(sent, true).changedAt()).isEqualTo(NOW);
    assertThat(taken(sent, true).statusSince()).isEqualTo(NOW);
  }

  @Test
  void history_waitsForSomebodyAndLiveDoesNot() {
    var history = taken(document("payment-pending"), false);
    assertThat(history.isHistory()).isTrue();
    assertThat(history.placed().type()).isEqualTo(Change.HISTORY);
    assertThat(Decision.on(history, UUID.randomUUID(), NOW, "x").record(new Change.PaymentNotified("P")).result().isHistory()).isTrue();
    assertThat(Decision.on(history, UUID.randomUUID(), NOW, "x").move(CANCEL).result().isHistory()).isFalse();
    assertThat(taken(document("payment-pending"), true).isHistory()).isFalse();
    assertThat(taken(document("payment-pending"), true).placed().type()).isNotEqualTo(Change.HISTORY);
  }

  @ParameterizedTest
  @CsvSource({
    "Marketplace, 1,     payment-approved, COMPLETE,       MARKETPLACE",
    "Marketplace, demo,  invoiced,         COMPLETE,       FULFILLMENT",
    "Marketplace, other, payment-approved, SOLD_BY_OTHERS, MARKETPLACE",
    "Marketplace, other, handling,         COMPLETE,       FULFILLMENT",
    "Fulfillment, 1,     handling,         SOLD_ELSEWHERE, FULFILLMENT",
    "Chain,       1,     payment-pending,  COMPLETE,       MARKETPLACE",
    "Chain,       other, payment-approved, CHAIN,          CHAINED",
    "Marketplace, 1,     waiting-for-seller-decision, SOLD_BY_OTHERS, MARKETPLACE",
    "Marketplace, 1,     waiting-for-authorization,   SOLD_ELSEWHERE, FULFILLMENT",
    "Marketplace, 1,     ,                 COMPLETE,       MARKETPLACE",
    ",            1,     canceled,         COMPLETE,       MARKETPLACE",
  })
  void flowAndDomain_followFromOriginSellerAndStatus(String origin, String seller, String status, Flow flow, Domain domain) {
    var sent = document(status);
    sent.put("origin", origin);
    sent.put("items", List.of(fields("id", "18", "quantity", 1L, "price", 990L, "seller", seller)));
    var order = taken(sent, false);
    assertThat(order.flow()).isEqualTo(flow);
    assertThat(order.domain()).isEqualTo(domain);
    assertThat(order.origin()).isEqualTo(origin == null ? "Marketplace" : origin);
  }

  @ParameterizedTest
  @CsvSource({
    "orderId, ", "status, handled", "creationDate, ", "creationDate, yesterday", "creationDate, 2035-01-01T00:00:00Z",
    "creationDate, 1995-01-01T00:00:00Z", "lastChange, 5", "value, ", "value, 11.60", "items, ", "authorizedDate, 05/10/2016"
  })
  void whatMakesNoSense_isRefusedByTheFieldsName(String field, @Nullable String value) {
    var sent = document("handling");
    sent.put(field, value);
    assertThatThrownBy(() -> taken(sent, false)).isInstanceOf(InvalidDocument.class).hasMessageContaining(field);
  }

  @Test
  void dates_ofTheYearOneAreNone() {
    var sent = document("handling");
    sent.put("authorizedDate", "0001-01-01T00:00:00");
    assertThat(taken(sent, false).authorizedAt()).isEmpty();
  }

  private static Order taken(Map<String, @Nullable Object> sent, boolean live) {
    var imported = ImportedOrder.of(sent, "demo", "rev", live, NOW);
    return Decision.take(new OrderKey("demo", imported.orderId()), imported, UUID.randomUUID(), NOW, "key:test").result();
  }

  private static Map<String, @Nullable Object> document(String status) {
    return fields(
        "orderId", "v502556llux-01", "sequence", "502556", "status", status, "value", 1160L, "origin", "Marketplace", "hostname", "luxstore",
        "creationDate", "2016-10-05T07:31:49.1234567-03:00", "authorizedDate", "2016-10-06T02:46:24-03:00", "lastChange", "2016-10-10T05:46:24Z",
        "items", List.of(fields("id", "18", "quantity", 1L, "price", 990L, "seller", "1")));
  }

  private static Map<String, @Nullable Object> timelines(Object... steps) {
    return fields("instances", List.of(fields("name", "Marketplace", "timeLine", new ArrayList<>(List.of(steps)))));
  }

  private static Map<String, @Nullable Object> step(String name, String date) {
    return fields("stepName", name, "date", date, "parentStepName", null);
  }

  private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    return fields;
  }
}
