package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.APPROVE_PAYMENT;
import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_APPROVED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;
import static shop.orders.search.TestOrders.order;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.orders.model.Change;
import shop.orders.model.ChangeEffect;
import shop.orders.model.Decision;
import shop.orders.search.HeldOrders;

class IndexDocumentTest {
  @ParameterizedTest
  @CsvSource({
    "2026-10-01T00:00:00Z,        orders-g1-2026q4",
    "2026-09-30T23:59:59.999Z,    orders-g1-2026q3",
    "2026-12-31T23:59:59.999999Z, orders-g1-2026q4",
    "2027-01-01T00:00:00Z,        orders-g1-2027q1",
    "2017-06-30T12:00:00Z,        orders-g1-2017q2",
  })
  void index_isGenerationAndQuarterOfCreation(Instant createdAt, String index) {
    assertThat(IndexName.of(createdAt).name()).isEqualTo(index);
  }

  @Test
  void externalVersion_growsWithTheOrderBeforeTheProjection() {
    var first = document(order("demo", "v1-01").placed());
    var second = document(order("demo", "v1-01").through(ON_ORDER_COMPLETED));
    assertThat(first.externalVersion()).isEqualTo(1024 + OrderProjection.PROJECTION * 2 + 1);
    assertThat(second.externalVersion()).isEqualTo(2048 + OrderProjection.PROJECTION * 2 + 1);
    assertThat(OrderProjection.PROJECTION).isBetween(1, 511);
  }

  @Test
  void row_saysWhatTheOrderWentThrough() {
    var estimate = Map.of("shippingEstimateDate", "2026-11-27T10:13:40.1020453-03:00");
    var document =
        document(
            order("demo", "v1-01").paidBy("Visa", "Vale", "Visa").with("marketplaceOrderId", "")
                .with("shippingData", Map.of("logisticsInfo", List.of(Map.of("shippingEstimateDate", "soon"), estimate)))
                .through(ON_ORDER_COMPLETED, PAYMENT_PENDING, APPROVE_PAYMENT, PAYMENT_APPROVED));
    var row = document.row();
    assertThat(row.paymentNames()).isEqualTo("Visa,Vale");
    assertThat(row.authorizedDate()).isEqualTo("2026-11-20T12:00:04+00:00");
    assertThat(row.paymentApprovedDate()).isEqualTo("2026-11-20T12:00:04+00:00");
    assertThat(row.readyForHandlingDate()).isNull();
    assertThat(row.shippingEstimatedDate()).isEqualTo("2026-11-27T13:13:40+00:00");
    assertThat(row.marketPlaceOrderId()).isNull();
    assertThat(document.shippingEstimatedDate()).isEqualTo(Instant.parse("2026-11-27T13:13:40.102Z").toEpochMilli());
  }

  @Test
  void importedOrder_isIndexedByItsOwnDates() {
    var courier = Map.of("finished", true, "deliveredDate", "2016-10-16T13:43:45Z");
    var parcel = Map.of("invoiceNumber", "N1", "type", "Output", "invoiceValue", 4711L, "courierStatus", courier);
    var document =
        document(
            order("demo", "old-01").total(4711, 3)
                .with("orderId", "old-01").with("status", "invoiced").with("origin", "Chain").with("sequence", "77").with("creationDate", "2016-10-05T10:31:49.0004+00:00")
                .with("authorizedDate", "2016-10-06T05:46:24Z").with("invoicedDate", "2016-10-10T05:46:24Z").with("lastChange", "2016-10-16T13:43:45Z")
                .with("packageAttachment", Map.of("packages", List.of(parcel)))
                .imported());
    assertThat(document.index().name()).isEqualTo("orders-g1-2016q4");
    assertThat(document.creationDate()).isEqualTo(Instant.parse("2016-10-05T10:31:49Z").toEpochMilli());
    assertThat(document.invoicedDate()).isEqualTo(Instant.parse("2016-10-10T05:46:24Z").toEpochMilli());
    assertThat(document.origin()).isEqualTo("Chain");
    var row = document.row();
    assertThat(row.creationDate()).isEqualTo("2016-10-05T10:31:49+00:00");
    assertThat(row.authorizedDate()).isEqualTo("2016-10-06T05:46:24+00:00");
    assertThat(row.lastChange()).isEqualTo("2016-10-16T13:43:45+00:00");
    assertThat(row.sequence()).isEqualTo("77");
    assertThat(row.invoiceOutput()).containsExactly("N1");
    assertThat(row.isAllDelivered()).isTrue();
    assertThat(row.deliveryDates()).containsExactly("2016-10-16T13:43:45Z");
  }

  @Test
  void skeleton_hasIdsDatesStatusAndTotal() {
    var held = order("demo", "v1-01").total(4711, 3).client("Ana", "Souza", "a@b.c", "1").through(ON_ORDER_COMPLETED);
    var skeleton = OrderProjection.skeleton(held.order(), "x".repeat(10_000), Instant.parse("2026-11-24T12:00:00Z"));
    assertThat(skeleton.externalVersion()).isEqualTo(document(held).externalVersion() - 1);
    assertThat(skeleton.isSkeleton()).isTrue();
    assertThat(skeleton.problem()).hasSize(500);
    assertThat(skeleton.totalValue()).isEqualTo(4711);
    assertThat(skeleton.status()).isEqualTo("on-order-completed");
    assertThat(skeleton.words()).contains("v101").noneMatch(word -> word.contains("ana"));
    assertThat(skeleton.row().totalValue()).isEqualTo(4711);
  }

  @Test
  void row_showsHowTheLastMailBegins() {
    var held = order("demo", "v1-01").with("lastMessage", "from before").placed();
    assertThat(document(held).row().lastMessageUnread()).isEqualTo("from before");
    var sent = new Change.MessageSent("m-1", "d2", "Your payment has been approved...");
    var order = Decision.on(held.order(), UUID.randomUUID(), held.order().changedAt(), "key:k").record(sent).result();
    assertThat(document(new HeldOrders.Held(order, held.documents())).row().lastMessageUnread()).isEqualTo("Your payment has been approved...");
  }

  @Test
  void itemsAndTotal_areThoseOfTheOrderAsChanged() {
    var held = order("demo", "v1-01").total(4711, 3).placed();
    var other = new LinkedHashMap<String, Object>(Map.of("id", "sku-2", "quantity", 0L, "price", 100L, "sellingPrice", 100L));
    var lines = List.of(new ChangeEffect.Line(0, -3, -4711, -4711, 0), new ChangeEffect.Line(1, 5, 500, 500, 0));
    var change = new LinkedHashMap<String, Object>();
    new ChangeEffect(lines, List.of(other), List.of(), 0, 0, 0, List.of(), List.of(), Map.of()).into(change);
    var documents = new HashMap<>(held.documents());
    documents.put("doc-c1", change);
    var asked = new Change.ChangeRequested("c1", "v2", "doc-c1", null, -4211, 0, 0);
    var waiting = Decision.on(held.order(), UUID.randomUUID(), Instant.parse("2026-11-24T12:00:00Z"), "test").record(asked);
    assertThat(OrderProjection.document(waiting.result(), documents).totalValue()).isEqualTo(4711);
    var done = OrderProjection.document(waiting.record(new Change.ChangeSettled("c1", Change.ChangeOutcome.DONE, null)).result(), documents);
    assertThat(done.totalValue()).isEqualTo(500);
    assertThat(done.skuIds()).containsExactly("sku-2");
    assertThat(done.row().totalValue()).isEqualTo(500);
    assertThat(done.row().totalItems()).isEqualTo(5);
  }

  @Test
  void seller_isTheOneThatShipsNow() {
    var held = order("demo", "v1-01").placed();
    var order = Decision.on(held.order(), UUID.randomUUID(), held.order().changedAt(), "key:k").record(new Change.SellerChanged("third", false)).result();
    assertThat(document(held).sellerIds()).containsExactly("1");
    assertThat(document(new HeldOrders.Held(order, held.documents())).sellerIds()).containsExactly("third");
  }

  private static IndexDocument document(HeldOrders.Held held) {
    return OrderProjection.document(held.order(), held.documents());
  }
}
