package shop.orders.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.ImportedOrder;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;

/** Orders for tests, in few words: {@code order("demo", "v1-01").at(...).total(990).client("Ana", "Souza").place()}. */
public final class TestOrders {
  private final OrderKey key;
  private final Map<String, Object> document = new LinkedHashMap<>();
  private final List<Map<String, Object>> payments = new ArrayList<>();
  private Instant at = Instant.parse("2026-11-20T12:00:00Z");
  private Flow flow = Flow.COMPLETE;
  private String sequence = "500001";

  private TestOrders(OrderKey key) {
    this.key = key;
    document.put("value", 1000L);
    document.put("items", List.of(item("sku-1", 1, 1000)));
    document.put("storePreferencesData", Map.of("currencyCode", "BRL"));
    document.put("sellers", List.of(Map.of("id", "1", "name", "Loja do Zé")));
  }

  public static TestOrders order(String account, String orderId) {
    return new TestOrders(new OrderKey(account, orderId));
  }

  public TestOrders at(String instant) {
    at = Instant.parse(instant);
    return this;
  }

  public TestOrders total(long cents, int units) {
    document.put("value", cents);
    document.put("items", List.of(item("sku-1", units, cents)));
    return this;
  }

  public TestOrders client(String first, String last, String email, String cpf) {
    document.put("clientProfileData", Map.of("firstName", first, "lastName", last, "email", email, "document", cpf));
    return this;
  }

  public TestOrders sequence(String sequence) {
    this.sequence = sequence;
    return this;
  }

  public TestOrders flow(Flow flow) {
    this.flow = flow;
    return this;
  }

  public TestOrders paidBy(String... systems) {
    for (var system : systems) payments.add(Map.of("id", "P" + payments.size(), "paymentSystemName", system, "value", 1L));
    return this;
  }

  public TestOrders with(String field, Object value) {
    document.put(field, value);
    return this;
  }

  /** A document the index refuses: nested deeper than a flattened field may be. */
  public TestOrders poisoned() {
    Object deep = "bottom";
    for (int i = 0; i < 30; i++) deep = Map.of("level", deep);
    return with("customData", Map.of("customApps", List.of(Map.of("id", "app", "major", 1, "fields", Map.of("deep", deep)))));
  }

  /** Places it and takes it through {@code statuses}, a second for each. */
  public HeldOrders.Held through(OrderStatus... statuses) {
    if (!payments.isEmpty()) document.put("paymentData", Map.of("transactions", List.of(Map.of("isActive", true, "transactionId", "T1", "payments", payments))));
    var placed = OrderDocument.placed(document);
    var change = new Change.Placed(flow, "d1", placed.value(), sequence, null);
    var order = Decision.place(key, change, UUID.randomUUID(), at, "key:test").result();
    for (var status : statuses) order = next(order, status);
    return new HeldOrders.Held(order, Map.of("d1", placed.fields()));
  }

  /** Taken over from another system: the document needs the fields such a one has. */
  public HeldOrders.Held imported() {
    var imported = ImportedOrder.of(document, key.account(), "d1", false, at);
    var order = Decision.take(key, imported, UUID.randomUUID(), at, "key:test").result();
    return new HeldOrders.Held(order, Map.of("d1", imported.document().fields()));
  }

  public HeldOrders.Held placed() {
    return through();
  }

  public static Order next(Order order, OrderStatus status) {
    return Decision.on(order, UUID.randomUUID(), order.changedAt().plusSeconds(1), "system").move(status).result();
  }

  /** What the workflow publishes of an order as it is now. */
  public static ProducerRecord<String, String> event(String topic, Order order) {
    var key = order.key();
    return new ProducerRecord<>(topic, key.toString(), notice(key, order.version(), order.status().toString(), Instant.now()));
  }

  /** The value of an event. */
  public static String notice(OrderKey key, long version, String status, Instant at) {
    return "{\"account\":\"%s\",\"orderId\":\"%s\",\"version\":%d,\"status\":\"%s\",\"at\":\"%s\"}".formatted(key.account(), key.orderId(), version, status, at);
  }

  private static Map<String, Object> item(String sku, int units, long price) {
    return Map.of("id", sku, "quantity", (long) units, "price", price, "seller", "1", "name", "Thing");
  }
}
