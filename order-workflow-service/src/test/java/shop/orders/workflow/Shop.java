package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.DynamicPropertyRegistry;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;

/** An account of its own at the service under test, without antifraud provider or grace window, and what one does with an order there. */
final class Shop {
  private static final String OPERATOR = "operator-token-of-the-test";

  private final int port;
  final String account;
  final Api api;

  Shop(int port) {
    this.port = port;
    account = "t" + UUID.randomUUID().toString().substring(0, 8);
    api = Api.newAccount(port, OPERATOR, account, "PT0S", null);
  }

  /** What a service needs for it: Cassandra, and nothing else. */
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1");
    registry.add("orders.operator.token", () -> OPERATOR);
  }

  /** @return its id; it waits for its payment */
  String place() {
    return place(order("1"));
  }

  /** One whose lines are another seller's. */
  String placeForOthers() {
    return place(order("other-seller"));
  }

  String place(Object document) {
    var placed = api.post("/api/oms/pvt/orders", document);
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    return placed.json().path("orderId").asString();
  }

  String paid() {
    return pay(place());
  }

  String pay(String id) {
    assertThat(api.post(orders(id) + "/payments/P1/payment-notification", null).status()).isEqualTo(200);
    return id;
  }

  String handling() {
    var id = paid();
    await().until(() -> status(id), "ready-for-handling"::equals);
    assertThat(api.post(orders(id) + "/start-handling", null).status()).isEqualTo(204);
    return id;
  }

  void awaitStatus(String id, String status) {
    await().until(() -> status(id), status::equals);
  }

  /** The sellers of these ids, at that address, are told of their orders. */
  void tells(URI url, String... sellers) {
    var told = Stream.of(sellers).map(id -> Map.of("id", id, "url", url.toString(), "appKey", "k", "appToken", "t")).toList();
    assertThat(operator().put("/operator/accounts/" + account, Map.of("gracePeriod", "PT0S", "sellers", told)).status()).isEqualTo(200);
  }

  /** A key that the outside seller holds. */
  Api keyOf(String seller) {
    var key = "vtexappkey-" + account + "-" + seller;
    assertThat(operator().put("/operator/accounts/" + account + "/keys/" + key, Map.of("appToken", "token-of-the-seller", "seller", seller)).status()).isEqualTo(204);
    return Api.withKey(port, key, "token-of-the-seller");
  }

  int changeSeller(String id, String seller) {
    return api.put("/api/checkout/pvt/orders/" + id + "/sellers", Map.of("seller", seller)).status();
  }

  private Api operator() {
    return new Api(port, Map.of("X-Operator-Token", OPERATOR));
  }

  JsonNode order(String id, String query) {
    return api.get(orders(id) + query).json();
  }

  String status(String id) {
    return order(id, "").path("status").asString();
  }

  Api.Answer cancel(String id, @Nullable Boolean byUser) {
    return api.post(orders(id) + "/cancel", byUser == null ? null : Map.of("reason", "wrong size", "requestedByUser", byUser));
  }

  Api.Answer invoice(String id, String number) {
    var invoice = new LinkedHashMap<String, Object>();
    invoice.put("type", "Output");
    invoice.put("issuanceDate", "2026-11-23T12:00:00");
    invoice.put("invoiceNumber", number);
    invoice.put("invoiceValue", 1160);
    invoice.put("items", List.of(Map.of("id", "18", "price", 860, "quantity", 1)));
    return api.post(orders(id) + "/invoice", invoice);
  }

  Api.Answer track(String id, String number, boolean delivered) {
    return api.put(orders(id) + "/invoice/" + number + "/tracking", Map.of("isDelivered", delivered, "events", List.of(Map.of("city", "Rio", "date", "2026-11-24"))));
  }

  static String orders(String id) {
    return "/api/oms/pvt/orders/" + id;
  }

  static Map<String, Object> order(String seller) {
    var order = new LinkedHashMap<String, Object>();
    order.put("value", 1160L);
    order.put("items", List.of(Map.of("id", "18", "quantity", 1, "price", 860, "sellingPrice", 860, "seller", seller, "name", "Bay Max L")));
    var payment = Map.of("id", "P1", "value", 1160, "group", "creditCard");
    order.put("paymentData", Map.of("transactions", List.of(Map.of("isActive", true, "transactionId", "T1", "merchantName", "SHOP", "payments", List.of(payment)))));
    order.put("clientProfileData", Map.of("email", "ana@example.com", "firstName", "Ana"));
    return order;
  }
}
