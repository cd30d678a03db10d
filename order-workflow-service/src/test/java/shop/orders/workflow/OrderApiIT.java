package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.model.OrderDocument;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The public API over HTTP, on a real Cassandra, with Kafka and Elasticsearch absent all the time. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderApiIT {
  private static final String OPERATOR = "operator-token-of-the-test";
  private static final StubAntifraud ANTIFRAUD = new StubAntifraud();

  @Value("${local.server.port}")
  int port;

  private String account;
  private Api api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1");
    registry.add("orders.operator.token", () -> OPERATOR);
    registry.add("orders.workflow.antifraud-poll-every", () -> "200ms");
  }

  @BeforeEach
  void account() {
    ANTIFRAUD.says("approved");
    account = "t" + UUID.randomUUID().toString().substring(0, 8);
    api = newAccount(account, "PT0S", true);
  }

  @Test
  void anOrder_goesFromCheckoutToDelivery() {
    var id = place();
    awaitStatus(id, "ready-for-handling");
    assertThat(api.post(orders(id, "/start-handling"), null).status()).isEqualTo(204);
    assertThat(status(id)).isEqualTo("handling");
    var receipt = api.post(orders(id, "/invoice"), invoice("N1", 1160)).json();
    assertThat(fieldNames(receipt)).containsExactly("date", "orderId", "receipt");
    assertThat(receipt.path("receipt").asString()).matches("[0-9a-f]{32}");
    assertThat(status(id)).isEqualTo("invoiced");
    assertThat(track(id, "N1", true).status()).isEqualTo(200);
    var order = api.get(orders(id, "")).json();
    assertThat(order.at("/packageAttachment/packages/0/courierStatus/finished").asBoolean()).isTrue();
    assertThat(order.path("invoicedDate").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}\\+00:00");
  }

  @Test
  void feed_tellsEveryTransitionOfBothDomainsOnceInOrder() {
    api.post("/api/orders/feed/config", Map.of("queue", Map.of()));
    var id = place();
    awaitStatus(id, "ready-for-handling");
    api.post(orders(id, "/start-handling"), null);
    api.post(orders(id, "/invoice"), invoice("N1", 1160));
    var items = new ArrayList<JsonNode>();
    await().until(() -> {
      var read = api.get("/api/orders/feed?maxLot=10").json();
      if (!read.isEmpty()) {
        read.forEach(items::add);
        var handles = new ArrayList<String>();
        read.forEach(item -> handles.add(item.path("handle").asString()));
        assertThat(api.send("POST", "/api/orders/feed", Map.of("handles", handles), Map.of("Content-Type", "text/plain")).status()).isEqualTo(200);
      }
      return items.size() >= 11;
    });
    assertThat(items).extracting(i -> i.path("state").asString())
        .containsExactly("order-created", "on-order-completed", "payment-pending", "approve-payment", "payment-approved", "window-to-cancel",
            "ready-for-handling", "start-handling", "handling", "invoice", "invoiced");
    assertThat(items).extracting(i -> i.path("domain").asString()).startsWith("Marketplace").endsWith("Fulfillment");
    assertThat(items.get(7).path("lastState").asString()).isEqualTo("ready-for-handling");
    assertThat(items.get(7).path("eventId").asString()).matches("[0-9A-F]{32}");
    assertThat(items.get(7).path("currentChange").asString()).endsWith("Z");
  }

  @Test
  void antifraud_deniesAndTheOrderIsCanceled() {
    ANTIFRAUD.says("denied");
    var id = place();
    awaitStatus(id, "canceled");
    assertThat(api.get(orders(id, "")).json().at("/cancellationData/RequestedBySystem").asBoolean()).isTrue();
  }

  @Test
  void antifraud_thatHasNotDecidedIsAskedAgain() {
    ANTIFRAUD.says("received", "undefined", "undefined", "approved");
    awaitStatus(place(), "ready-for-handling");
  }

  @Test
  void antifraud_thatFailsIsTriedAgain() {
    ANTIFRAUD.says("500", "503", "nonsense", "approved");
    awaitStatus(place(), "ready-for-handling");
  }

  @Test
  void antifraud_thatForgotTheTransactionIsSentItAgain() {
    ANTIFRAUD.says("received", "404", "approved");
    awaitStatus(place(), "ready-for-handling");
    assertThat(ANTIFRAUD.calls.stream().filter(c -> c.startsWith("POST")).count()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void paymentNotification_approvesWhereThereIsNoProvider() {
    var own = newAccount("n" + account, "PT0S", false);
    var id = own.post("/api/oms/pvt/orders", order()).json().path("orderId").asString();
    assertThat(own.post(orders(id, "/payments/NONE/payment-notification"), null).status()).isEqualTo(404);
    assertThat(own.post(orders(id, "/payments/P1/payment-notification"), null).status()).isEqualTo(200);
    assertThat(own.post(orders(id, "/payments/P1/payment-notification"), null).status()).isEqualTo(200);
    assertThat(own.get(orders(id, "")).json().path("status").asString()).isEqualTo("ready-for-handling");
  }

  @Test
  void graceWindow_holdsTheOrderAndLetsTheShopperCancel() {
    var own = newAccount("g" + account, "PT1H", true);
    var id = own.post("/api/oms/pvt/orders", order()).json().path("orderId").asString();
    await().until(() -> own.get(orders(id, "")).json().path("status").asString().equals("window-to-cancel"));
    assertThat(own.post(orders(id, "/start-handling"), null).json().at("/error/code").asString()).isEqualTo("OMS003");
    assertThat(own.post(orders(id, "/cancel"), Map.of("reason", "too large", "requestedByUser", true)).status()).isEqualTo(200);
    var order = own.get(orders(id, "")).json();
    assertThat(order.path("status").asString()).isEqualTo("canceled");
    assertThat(order.path("cancelReason").asString()).isEqualTo("too large");
  }

  @Test
  void graceWindow_endsByItself() {
    var own = newAccount("e" + account, "PT1S", true);
    var id = own.post("/api/oms/pvt/orders", order()).json().path("orderId").asString();
    await().until(() -> own.get(orders(id, "")).json().path("status").asString().equals("ready-for-handling"));
  }

  @Test
  void cancel_afterTheGraceWindowNeedsTheSeller() {
    var id = place();
    awaitStatus(id, "ready-for-handling");
    for (int i = 0; i < 2; i++) { // the shopper asking again is not the seller's consent
      assertThat(api.post(orders(id, "/cancel"), Map.of("requestedByUser", true)).status()).isEqualTo(200);
      assertThat(status(id)).isEqualTo("cancellation-requested");
    }
    assertThat(api.post(orders(id, "/cancel"), null).status()).isEqualTo(200);
    assertThat(status(id)).isEqualTo("canceled");
    assertThat(api.post(orders(id, "/cancel"), null).status()).isEqualTo(200);
  }

  @Test
  void cancel_isRefusedOnceThereIsAnInvoice() {
    var id = handling();
    api.post(orders(id, "/invoice"), invoice("N1", 100));
    assertThat(api.post(orders(id, "/cancel"), null).status()).isEqualTo(400);
    assertThat(status(id)).isEqualTo("handling");
  }

  @Test
  void invoices_addUpToInvoicedAndARepeatedNumberCountsOnce() {
    var id = handling();
    api.post(orders(id, "/invoice"), invoice("N1", 600));
    api.post(orders(id, "/invoice"), invoice("N1", 600));
    assertThat(status(id)).isEqualTo("handling");
    api.post(orders(id, "/invoice"), invoice("N/2#", "560"));
    assertThat(status(id)).isEqualTo("invoiced");
    assertThat(api.get(orders(id, "")).json().at("/packageAttachment/packages").size()).isEqualTo(2);
    assertThat(track(id, "N%2F2%23", false).status()).isEqualTo(200);
    assertThat(track(id, "N3", false).status()).isEqualTo(404);
    var returned = invoice("R1", 100);
    returned.put("type", "Input");
    assertThat(api.post(orders(id, "/invoice"), returned).status()).isEqualTo(200);
    assertThat(status(id)).isEqualTo("invoiced");
  }

  @Test
  void marketplace_placesAndAsksForFulfillmentEachAsOftenAsItLikes() {
    var body = Map.of(
        "marketplaceOrderId", "880090622238-01", "marketplaceServicesEndpoint", "https://mkp.example.com", "marketplacePaymentValue", 1160,
        "items", List.of(Map.of("id", "18", "quantity", 1, "seller", "1", "price", 860)),
        "clientProfileData", Map.of("email", "ana@example.com"), "shippingData", Map.of("logisticsInfo", List.of(Map.of("itemIndex", 0, "price", 300))));
    var path = "/api/fulfillment/pvt/orders?sc=2&affiliateId=SCP";
    assertThat(api.post(path, List.of(body)).json().at("/0/orderId").asString()).isEqualTo("SCP-880090622238-01");
    assertThat(api.post(path, body).json().path("orderId").asString()).isEqualTo("SCP-880090622238-01");
    var id = "SCP-880090622238-01";
    var order = api.get(orders(id, "")).json();
    assertThat(order.path("status").asString()).isEqualTo("waiting-ffmt-authorization");
    assertThat(order.path("origin").asString()).isEqualTo("Fulfillment");
    assertThat(order.path("affiliateId").asString()).isEqualTo("SCP");
    assertThat(order.at("/sellers/0/id").asString()).isEqualTo("1");
    assertThat(order.at("/paymentData/transactions").isArray()).isTrue();
    assertThat(order.at("/items/0/uniqueId").asString()).matches("[0-9A-F]{32}");
    assertThat(order.at("/items/0/sellingPrice").asInt()).isEqualTo(860);
    assertThat(order.at("/items/0/priceTags").isArray()).as("lists are empty, not absent").isTrue();
    assertThat(fieldNames(order.at("/items/0"))).as("nulls are there").contains("name", "refId", "priceDefinition", "additionalInfo");
    var fulfil = "/api/fulfillment/pvt/orders/" + id + "/fulfill?sc=2&affiliateId=SCP";
    var first = api.post(fulfil, Map.of("marketplaceOrderId", "880090622238-01"));
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().path("marketplaceOrderId").asString()).isEqualTo("880090622238-01");
    assertThat(api.post(fulfil, null).json().path("receipt")).isEqualTo(first.json().path("receipt"));
    assertThat(status(id)).isEqualTo("ready-for-handling");
  }

  @Test
  void idempotencyKey_placesOnce() {
    var key = Map.of("Idempotency-Key", "cart-1");
    var answers = IntStream.range(0, 8).parallel().mapToObj(i -> api.send("POST", "/api/oms/pvt/orders", order(), key)).toList();
    assertThat(answers).extracting(Api.Answer::status).containsOnly(201);
    assertThat(answers.stream().map(a -> a.json().path("orderId").asString()).distinct()).hasSize(1);
    var other = order();
    other.put("value", 1L);
    assertThat(api.send("POST", "/api/oms/pvt/orders", other, key).status()).isEqualTo(409);
  }

  @Test
  void aList_isPlacedAsOneGroup() {
    var placed = api.post("/api/oms/pvt/orders", List.of(order(), order())).json();
    var group = placed.at("/0/orderGroup").asString();
    assertThat(placed).extracting(p -> p.path("orderId").asString()).containsExactly(group + "-01", group + "-02");
    assertThat(api.get("/api/oms/pvt/orders/order-group/" + group).json()).hasSize(2);
    assertThat(api.get("/api/oms/pvt/orders/order-group/none").status()).isEqualTo(404);
  }

  @Test
  void paths_takeATrailingSlashAndBodiesAnyContentType() {
    var placed = api.send("POST", "/api/oms/pvt/orders/", Api.JSON.writeValueAsString(order()), Map.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    var id = placed.json().path("orderId").asString();
    assertThat(api.get("/api/oms/pvt/orders/" + id + "/").status()).isEqualTo(200);
    awaitStatus(id, "ready-for-handling");
    assertThat(api.send("POST", orders(id, "/start-handling/"), "junk", Map.of("Content-Type", "text/plain")).status()).isEqualTo(204);
  }

  @Test
  void accounts_doNotSeeEachOther() {
    var id = place();
    var other = newAccount("o" + account, "PT0S", true);
    assertThat(other.get(orders(id, "")).status()).isEqualTo(404);
    assertThat(api.get(orders(id, "") + "?an=" + account).status()).isEqualTo(200);
    assertThat(api.get(orders(id, "") + "?an=o" + account).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "GET  | /api/oms/pvt/orders/none              |      | 404 | OMS007",
      "POST | /api/oms/pvt/orders/none/cancel       | {}   | 404 | OMS007",
      "POST | /api/oms/pvt/orders/none/start-handling | {} | 404 | OMS007",
      "POST | /api/oms/pvt/orders                   |      | 400 | OMS001",
      "POST | /api/oms/pvt/orders                   | {    | 400 | OMS001",
      "POST | /api/oms/pvt/orders                   | null | 400 | OMS001",
      "POST | /api/oms/pvt/orders                   | 5    | 400 | OMS001",
      "POST | /api/oms/pvt/orders                   | {}   | 400 | OMS001",
      "POST | /api/oms/pvt/orders                   | []   | 400 | OMS001",
      "POST | /api/oms/pvt/orders/none/invoice      | {}   | 400 | OMS001",
      "PUT  | /api/oms/pvt/orders/none/invoice/1/tracking | {} | 400 | OMS001",
      "GET  | /api/oms/pvt/nothing                  |      | 404 | OMS404",
      "DELETE | /api/oms/pvt/orders/none            |      | 405 | OMS405",
      "POST | /api/fulfillment/pvt/orders           | {}   | 400 | OMS001",
      "POST | /api/fulfillment/pvt/orders?affiliateId=SCP | {} | 400 | OMS001",
  })
  void badRequests_areAnsweredInTheOldShape(String method, String path, String body, int status, String code) {
    var answer = api.send(method, path, body, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(fieldNames(answer.json().path("error"))).containsExactly("code", "message", "exception");
    assertThat(answer.json().at("/error/code").asString()).isEqualTo(code);
  }

  /** What clients send that set every field of their config, or all of it as text. */
  @ParameterizedTest
  @ValueSource(strings = {
      "{\"queue\":{},\"filter\":{\"type\":\"FromWorkflow\",\"status\":[\"handling\"],\"expression\":\"\"}}",
      "{\"queue\":{},\"filter\":{\"type\":\"FromOrders\",\"status\":[],\"expression\":\"true\"}}",
      "{\"queue\":{},\"filter\":{\"status\":[],\"expression\":\"\"}}",
      "{\"queue\":{\"visibilityTimeoutInSeconds\":\"240\",\"messageRetentionPeriodInSeconds\":\" 345600 \"}}"})
  void feedConfigs_mayHaveEmptyFieldsAndNumbersAsText(String body) {
    var config = "/api/orders/feed/config?feed=liberal";
    var answer = api.send("POST", config, body, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    if (body.contains("240")) assertThat(api.get(config).json().at("/queue/visibilityTimeoutInSeconds").asInt()).isEqualTo(240);
    assertThat(api.send("DELETE", config, null, Map.of()).status()).isLessThan(300);
  }

  @Test
  void marketplacesQuery_isReadInAnyCase() {
    var order = TestOrders.marketplaceOrder(UUID.randomUUID().toString(), "1", 1160);
    var placed = api.post("/api/fulfillment/pvt/orders?SC=3&AffiliateID=SCP&AN=", order);
    assertThat(placed.status()).as(placed.text()).isEqualTo(200);
    var shown = api.get(orders(placed.json().path("orderId").asString(), "")).json();
    assertThat(shown.path("salesChannel").asString()).isEqualTo("3");
    assertThat(shown.path("affiliateId").asString()).isEqualTo("SCP");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "GET  | /api/orders/feed        |    | 404",
      "GET  | /api/orders/feed/config |    | 404",
      "DELETE | /api/orders/feed/config |  | 404",
      "POST | /api/orders/feed/config |    | 415",
      "POST | /api/orders/feed/config | {} | 400",
      "POST | /api/orders/feed/config | {\"queue\":{},\"filter\":{\"status\":[{}]}} | 400",
      "POST | /api/orders/feed/config | {\"queue\":{\"visibilityTimeoutInSeconds\":43201}} | 400",
      "POST | /api/orders/feed/config | {\"queue\":{\"visibilityTimeoutInSeconds\":\"43201\"}} | 400",
      "POST | /api/orders/feed/config | {\"queue\":{\"visibilityTimeoutInSeconds\":\"-1\"}} | 400",
      "POST | /api/orders/feed/config | {\"queue\":{},\"filter\":{\"type\":\"FromOrders\",\"expression\":\" \"}} | 400",
      "POST | /api/orders/feed/config | {\"QUEUE\":{\"MessageRetentionPeriodInSeconds\":1}} | 400",
      "POST | /api/orders/feed/config | {\"queue\":{},\"filter\":{\"type\":\"FromOrders\",\"status\":[\"handling\"],\"expression\":\"true\"}} | 409",
  })
  void badFeedRequests_areAnsweredInTheNewShape(String method, String path, String body, int status) {
    var answer = api.send(method, path, body, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(fieldNames(answer.json())).contains("type", "title", "traceId");
  }

  @Test
  void idsNoOrderCanHave_areNotFound() {
    var longId = "x".repeat(300);
    assertThat(api.get(orders(longId, "")).json().at("/error/code").asString()).isEqualTo("OMS007");
    assertThat(api.post(orders(longId, "/start-handling"), null).status()).isEqualTo(404);
    assertThat(new Api(port, Map.of()).get("/%61pi/oms/pvt/orders/x").status()).isEqualTo(401);
  }

  @Test
  void requestsWithoutAValidKey_areRefusedInBothShapes() {
    for (var wrong : List.of(new Api(port, Map.of()), Api.withKey(port, "nobody", "nothing"), Api.withKey(port, "vtexappkey-" + account + "-TESTER", "wrong"))) {
      var old = wrong.get("/api/oms/pvt/orders/x");
      assertThat(old.status()).isEqualTo(401);
      assertThat(old.json().at("/error/code").asString()).isEqualTo("1");
      var newer = wrong.get("/api/orders/feed");
      assertThat(newer.status()).isEqualTo(401);
      assertThat(newer.json().path("title").asString()).isEqualTo("Unauthorized");
    }
    assertThat(new Api(port, Map.of()).put("/operator/accounts/" + account, Map.of()).status()).isEqualTo(401);
  }

  @Test
  void health_isUpWithKafkaAndElasticsearchAbsent() {
    var open = new Api(port, Map.of());
    assertThat(open.get("/actuator/health/readiness").json().path("status").asString()).isEqualTo("UP");
    assertThat(open.get("/actuator/health/liveness").json().path("status").asString()).isEqualTo("UP");
    assertThat(open.get("/actuator/prometheus").text()).contains("http_server_requests");
  }

  /** The public API's own sample documents, which are not ours to copy: {@code -Dvtex.reference=DIR}. */
  @Test
  @EnabledIfSystemProperty(named = "vtex.reference", matches = ".+", disabledReason = "the VTEX reference documents are not part of this project; give their place with -Dvtex.reference=DIR")
  void sampleDocuments_comeBackAsTheyWerePosted() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("vtex.reference"), "fixtures", "get-order"))) {
      for (var file : files.toList()) {
        var sent = (ObjectNode) Api.JSON.readTree(Files.readString(file));
        var placed = api.post("/api/oms/pvt/orders", sent);
        assertThat(placed.status()).as(placed.text()).isEqualTo(201);
        var shown = (ObjectNode) api.get(orders(placed.json().path("orderId").asString(), "")).json();
        assertThat(addedTo(sent, shown)).as("keys that only the answer has: %s", file).isSubsetOf(OrderDocument.SERVER_OWNED);
        sent.remove(OrderDocument.SERVER_OWNED);
        shown.remove(OrderDocument.SERVER_OWNED);
        assertThat(shown).as(file.toString()).isEqualTo(sent);
      }
    }
  }

  private static Set<String> addedTo(ObjectNode sent, ObjectNode shown) {
    var added = new TreeSet<>(fieldNames(shown));
    added.removeAll(fieldNames(sent));
    return added;
  }

  private static List<String> fieldNames(JsonNode node) {
    return List.copyOf(node.propertyNames());
  }

  private Api newAccount(String name, String grace, boolean judged) {
    return Api.newAccount(port, OPERATOR, name, grace, judged ? ANTIFRAUD.url() : null);
  }

  private String place() {
    var placed = api.post("/api/oms/pvt/orders", order());
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    return placed.json().path("orderId").asString();
  }

  private String handling() {
    var id = place();
    awaitStatus(id, "ready-for-handling");
    api.post(orders(id, "/start-handling"), null);
    return id;
  }

  private void awaitStatus(String id, String status) {
    await().until(() -> status(id), status::equals);
  }

  private String status(String id) {
    return api.get(orders(id, "")).json().path("status").asString();
  }

  private Api.Answer track(String id, String invoiceNumber, boolean delivered) {
    var body = Map.of("isDelivered", delivered, "events", List.of(Map.of("city", "Rio", "state", "RJ", "description", "on its way", "date", "2026-11-24")));
    return api.put(orders(id, "/invoice/" + invoiceNumber + "/tracking"), body);
  }

  private static String orders(String id, String action) {
    return "/api/oms/pvt/orders/" + id + action;
  }

  private static Map<String, Object> order() {
    var order = new LinkedHashMap<String, Object>();
    order.put("value", 1160L);
    order.put("items", List.of(Map.of("id", "18", "quantity", 2, "price", 430, "sellingPrice", 430, "seller", "1", "name", "Bay Max L")));
    order.put("paymentData", Map.of("transactions", List.of(Map.of("isActive", true, "payments", List.of(Map.of("id", "P1", "value", 1160, "group", "creditCard"))))));
    order.put("clientProfileData", Map.of("email", "ana@example.com", "firstName", "Ana"));
    return order;
  }

  private static Map<String, Object> invoice(String number, Object value) {
    var invoice = new LinkedHashMap<String, Object>();
    invoice.put("type", "Output");
    invoice.put("issuanceDate", "2026-11-23T12:00:00");
    invoice.put("invoiceNumber", number);
    invoice.put("invoiceValue", value);
    invoice.put("items", List.of(Map.of("id", "18", "price", 430, "quantity", 1)));
    return invoice;
  }
}
