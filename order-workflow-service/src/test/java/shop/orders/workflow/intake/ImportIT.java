package shop.orders.workflow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.testservers.TestServers;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.ImportedOrder;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.store.EventLog;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderStore;
import shop.orders.workflow.Api;
import shop.orders.workflow.TestWorkflow;
import tools.jackson.databind.JsonNode;

/** Taking orders over from another system, over HTTP, on a real Cassandra, with Kafka and Elasticsearch absent. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ImportIT {
  private static final String IMPORT = "/api/oms/pvt/orders/import";
  private static final String OPERATOR = "operator-token-of-the-test";

  @Value("${local.server.port}")
  int port;

  @Autowired EventLog log;
  @Autowired OrderStore store;

  private String account;
  private Api api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1");
    registry.add("orders.operator.token", () -> OPERATOR);
  }

  @BeforeEach
  void account() {
    account = "i" + UUID.randomUUID().toString().substring(0, 8);
    api = Api.newAccount(port, OPERATOR, account, "PT0S", null);
  }

  @Test
  void import_keepsDocumentsToTheLetter_andOnce() {
    var sent = List.of(document("A-1", "handling"), document("A-2", "canceled"));
    assertThat(counts(api.post(IMPORT, sent).json())).containsExactly(2, 0, 0, 0);
    assertThat(counts(api.post(IMPORT, sent).json())).containsExactly(0, 2, 0, 0);
    for (var one : sent) assertThat(get((String) one.get("orderId"))).isEqualTo(tree(one));
    awaitLog(2);
    assertThat(log.read(account, 0, 10)).extracting(l -> l.entry().type()).containsOnly("imported");
  }

  @Test
  void import_saysForEachOrderWhatBecameOfIt() {
    api.post(IMPORT, document("B-1", "handling"));
    var changed = document("B-1", "handling");
    changed.put("value", 99L);
    var batch = new ArrayList<Object>(List.of(document("B-2", "invoiced"), changed, document("B-3", "unheard-of"), 5, Map.of("value", 1), document("B-2", "invoiced")));
    var answer = api.post(IMPORT, batch).json();
    assertThat(counts(answer)).containsExactly(1, 1, 4, 0);
    var results = answer.path("results");
    assertThat(results).extracting(r -> r.path("index").asInt()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(results.get(1).path("reason").asString()).contains("here already");
    assertThat(results.get(2).path("orderId").asString()).isEqualTo("B-3");
    assertThat(results.get(2).path("reason").asString()).contains("unheard-of");
    assertThat(api.get("/api/oms/pvt/orders/B-3").status()).isEqualTo(404);
    assertThat(get("B-1").path("value").asInt()).isEqualTo(1160);
  }

  @Test
  void import_sentBySeveralAtOnceIsTakenOnce() {
    var batch = IntStream.range(0, 40).mapToObj(i -> document("C-" + i, "invoiced")).toList();
    var answers = IntStream.range(0, 4).parallel().mapToObj(i -> api.post(IMPORT, batch).json()).toList();
    assertThat(answers.stream().mapToInt(a -> a.path("imported").asInt()).sum()).isEqualTo(40);
    assertThat(answers.stream().mapToInt(a -> a.path("unchanged").asInt()).sum()).isEqualTo(120);
    awaitLog(40);
  }

  @Test
  void numbers_ofAnyFormAreReadBackAndKnownAgain() {
    var body = Api.JSON.writeValueAsString(document("N-1", "handling")).replaceFirst("\\{", "{\"a\":1e5,\"b\":1.0e1,\"c\":1e1000,\"d\":1e-1000,\"e\":1.50,");
    assertThat(counts(api.send("POST", IMPORT, body, Map.of()).json())).containsExactly(1, 0, 0, 0);
    assertThat(counts(api.send("POST", IMPORT, body, Map.of()).json())).containsExactly(0, 1, 0, 0);
    var shown = get("N-1");
    assertThat(shown.path("a").asInt()).isEqualTo(100_000);
    assertThat(shown.path("c").decimalValue()).isEqualByComparingTo("1e1000");
    assertThat(shown.path("e").toString()).isEqualTo("1.50");
  }

  @Test
  void history_isNotInFeedsUntilSomethingHappens() {
    feed();
    api.post(IMPORT, document("D-1", "ready-for-handling"));
    var placed = api.post("/api/oms/pvt/orders", order()).json().path("orderId").asString();
    assertThat(heard(3)).containsOnly(placed);
    assertThat(api.post("/api/oms/pvt/orders/D-1/start-handling", null).status()).isEqualTo(204);
    assertThat(heard(2)).containsExactly("D-1", "D-1");
    assertThat(get("D-1").path("status").asString()).isEqualTo("handling");
    assertThat(get("D-1").path("creationDate").asString()).isEqualTo("2017-02-05T10:31:49.0000000+00:00");
  }

  @Test
  void live_isInFeedsAndGoesOnByItself() {
    feed();
    assertThat(counts(api.post(IMPORT + "?live=true", List.of(document("E-1", "ready-for-handling"), document("E-2", "payment-pending"))).json())).containsExactly(2, 0, 0, 0);
    assertThat(heard(4)).contains("E-1", "E-2"); // the second one's payment is overdue by years: it is canceled
    await().until(() -> get("E-2").path("status").asString().equals("canceled"));
    api.post(IMPORT, document("E-3", "payment-pending"));
    awaitLog(6); // the first one's seller is overdue by years too, and reminded
    assertThat(get("E-3").path("status").asString()).isEqualTo("payment-pending");
  }

  @Test
  void packages_thatCameAreNotInvoicedTwice() {
    var sent = document("F-1", "handling");
    sent.put("packageAttachment", Map.of("packages", List.of(Map.of("invoiceNumber", "N1", "type", "Output", "invoiceValue", 1000, "items", List.of()))));
    api.post(IMPORT, sent);
    assertThat(api.post("/api/oms/pvt/orders/F-1/invoice", invoice("N1", 1000)).status()).isEqualTo(200);
    assertThat(get("F-1")).isEqualTo(tree(sent));
    assertThat(api.post("/api/oms/pvt/orders/F-1/invoice", invoice("N2", 160)).status()).isEqualTo(200);
    var after = get("F-1");
    assertThat(after.path("status").asString()).isEqualTo("invoiced");
    assertThat(after.at("/packageAttachment/packages")).extracting(p -> p.path("invoiceNumber").asString()).containsExactly("N1", "N2");
    assertThat(api.put("/api/oms/pvt/orders/F-1/invoice/N1/tracking", Map.of("isDelivered", true)).status()).isEqualTo(200);
    assertThat(get("F-1").at("/packageAttachment/packages/0/courierStatus/finished").asBoolean()).isTrue();
  }

  @Test
  void orders_placedLaterNeverGetAnImportedId() {
    var letters = api.post("/api/oms/pvt/orders", order()).json().path("orderGroup").asString().replaceAll("v\\d+", "");
    for (int i = 1; i <= 30; i++) api.post(IMPORT, document("v" + (i + 3) + letters + "-01", "invoiced"));
    api.post(IMPORT, document("v5000" + letters + "-02", "invoiced"));
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) ids.add(api.post("/api/oms/pvt/orders", order()).json().path("orderId").asString());
    var key = Map.of("Idempotency-Key", "cart");
    for (int i = 0; i < 2; i++) ids.add(api.send("POST", "/api/oms/pvt/orders", order(), key).json().path("orderId").asString());
    assertThat(ids.get(5)).isEqualTo(ids.get(6));
    assertThat(ids.subList(0, 6)).doesNotHaveDuplicates().allSatisfy(id -> assertThat(get(id).path("status").asString()).isEqualTo("payment-pending"));
  }

  @Test
  void orders_whoseNumberWasTakenInAdvanceStepOverImportedIds() {
    var first = api.post("/api/oms/pvt/orders", order()).json().path("orderGroup").asString();
    var letters = first.replaceAll("v\\d+", "");
    long next = Long.parseLong(first.replaceAll("\\D", "")) + 1;
    for (int i = 0; i < 3; i++) importedByAnotherProcess("v" + (next + i) + letters + "-0" + (i + 1));
    var groups = IntStream.range(0, 2).mapToObj(i -> api.post("/api/oms/pvt/orders", List.of(order(), order(), order())).json()).toList();
    assertThat(groups).allSatisfy(group -> {
      assertThat(group).hasSize(3);
      assertThat(Long.parseLong(group.get(0).path("orderGroup").asString().replaceAll("\\D", ""))).isGreaterThan(next + 2);
    });
    long after = Long.parseLong(groups.get(1).get(0).path("orderGroup").asString().replaceAll("\\D", "")) + 1;

    for (int i = 0; i < 60; i++) importedByAnotherProcess("v" + (after + i) + letters + "-01");
    var key = Map.of("Idempotency-Key", "cart");
    var twice = IntStream.range(0, 2).mapToObj(i -> api.send("POST", "/api/oms/pvt/orders", order(), key)).toList();
    assertThat(twice).extracting(Api.Answer::status).containsOnly(201);
    assertThat(twice.stream().map(a -> a.json().path("orderId").asString()).distinct()).hasSize(1);
  }

  @Test
  void group_anOrderOfWhichWasImportedMeanwhileIsNotPlacedASecondTime() {
    var group = api.post("/api/oms/pvt/orders", order()).json().path("orderGroup").asString();
    var letters = group.replaceAll("v\\d+", "");
    long next = Long.parseLong(group.replaceAll("\\D", "")) + 1;
    // As if an import had come between the first and the second of this group.
    placedAlone("v" + next + letters + "-01");
    importedByAnotherProcess("v" + next + letters + "-02");
    var three = List.of(order(), order(), order());
    for (int i = 0; i < 2; i++) assertThat(api.send("POST", "/api/oms/pvt/orders", three, Map.of("Idempotency-Key", "late")).status()).isEqualTo(409);
  }

  @Test
  void checkoutsOrder_isNotTakenForAnotherThatHasItsId() {
    var group = api.post("/api/oms/pvt/orders", order()).json().path("orderGroup").asString();
    var letters = group.replaceAll("v\\d+", "");
    long next = Long.parseLong(group.replaceAll("\\D", "")) + 1;
    var affiliate = "v" + (next + 1) + letters; // placing its order takes the number before
    assertThat(api.post("/api/fulfillment/pvt/orders?sc=1&affiliateId=" + affiliate, marketplaces()).json().path("orderId").asString()).isEqualTo(affiliate + "-01");
    for (long i = next + 2; i <= next + 4; i++) placedAlone("v" + i + letters + "-01"); // as if the numbers began again
    var changed = order();
    changed.put("value", 1161L);
    var key = Map.of("Idempotency-Key", "cart");
    var ids = new ArrayList<String>();
    ids.add(api.post("/api/oms/pvt/orders", order()).json().path("orderId").asString());
    ids.add(api.post("/api/oms/pvt/orders", List.of(order(), order())).json().at("/0/orderId").asString());
    for (int i = 0; i < 2; i++) ids.add(api.send("POST", "/api/oms/pvt/orders", changed, key).json().path("orderId").asString());
    assertThat(ids.get(2)).isEqualTo(ids.get(3));
    assertThat(ids.subList(0, 3)).doesNotHaveDuplicates().allSatisfy(id -> {
      assertThat(Long.parseLong(id.replaceAll("v(\\d+).*", "$1"))).isGreaterThan(next + 4);
      assertThat(get(id).path("origin").asString()).isEqualTo("Marketplace");
    });
  }

  @Test
  void marketplacesOrder_isNotTakenForOneOfTheCheckout() {
    var group = api.post("/api/oms/pvt/orders", order()).json().path("orderGroup").asString();
    for (int i = 0; i < 2; i++) assertThat(api.post("/api/fulfillment/pvt/orders?sc=1&affiliateId=MKP", marketplaces()).status()).isEqualTo(200);
    assertThat(api.post("/api/fulfillment/pvt/orders?sc=1&affiliateId=" + group, marketplaces()).status()).isEqualTo(409);
  }

  private static Map<String, Object> marketplaces() {
    var client = Map.of("email", "a@b.c", "firstName", "A", "lastName", "B", "documentType", "cpf", "document", "1");
    var item = Map.of("id", "18", "quantity", 1, "seller", "1", "price", 1160);
    return Map.of("marketplaceOrderId", "01", "marketplaceServicesEndpoint", "http://m.example.com", "marketplacePaymentValue", 1160,
        "items", List.of(item), "clientProfileData", client, "shippingData", Map.of("address", Map.of("city", "Rio"), "logisticsInfo", List.of()));
  }

  private void placedAlone(String orderId) {
    var placed = new Change.Placed(Flow.COMPLETE, UUID.randomUUID().toString(), 1160, "1", orderId.replaceFirst("-\\d+$", ""));
    var decision = Decision.place(new OrderKey(account, orderId), placed, UUID.randomUUID(), Instant.parse("2026-11-24T12:00:00Z"), "key:other");
    store.commit(new OrderCommit(decision, Map.of(placed.documentRev(), OrderDocument.placed(order()).fields()), null));
  }

  /** It moved the number on in the store, where this process had taken a block of them before. */
  private void importedByAnotherProcess(String orderId) {
    var imported = ImportedOrder.of(document(orderId, "invoiced"), account, UUID.randomUUID().toString(), false, Instant.parse("2026-11-24T12:00:00Z"));
    var decision = Decision.take(new OrderKey(account, orderId), imported, UUID.randomUUID(), Instant.parse("2026-11-24T12:00:00Z"), "key:other");
    store.commit(new OrderCommit(decision, Map.of(imported.change().documentRev(), imported.document().fields()), null));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"|400", "[]|400", "{|400", "5|200", "\"[{}]\"|200"})
  void badBatches_areAnsweredInWords(@Nullable String body, int status) {
    var answer = api.send("POST", IMPORT, body, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status == 200) assertThat(answer.json().path("refused").asInt()).isEqualTo(1);
    else assertThat(answer.json().at("/error/code").asString()).isEqualTo("OMS001");
  }

  @Test
  void batches_haveALimitAndLiveIsYesOrNo() {
    assertThat(api.post(IMPORT, IntStream.range(0, 101).mapToObj(i -> document("G-" + i, "invoiced")).toList()).status()).isEqualTo(400);
    assertThat(api.post(IMPORT + "?live=perhaps", document("G-1", "invoiced")).status()).isEqualTo(400);
    assertThat(api.get("/api/oms/pvt/orders/G-1").status()).isEqualTo(404);
    assertThat(new Api(port, Map.of()).post(IMPORT, document("G-1", "invoiced")).status()).isEqualTo(401);
  }

  /** The public API's own sample documents, which are not ours to copy: {@code -Dvtex.reference=DIR}. */
  @Test
  @EnabledIfSystemProperty(named = "vtex.reference", matches = ".+", disabledReason = "the VTEX reference documents are not part of this project; give their place with -Dvtex.reference=DIR")
  void sampleDocuments_comeBackTheSame() throws Exception {
    var fixtures = Path.of(System.getProperty("vtex.reference"), "fixtures");
    var documents = new ArrayList<>(List.of(fixtures.resolve("user-orders/openapi-detail-2024.json"), fixtures.resolve("pii/document-get-response.json")));
    try (var files = Files.list(fixtures.resolve("get-order"))) {
      files.forEach(documents::add);
    }
    for (var file : documents) {
      account(); // two of them have the same id
      var sent = Api.JSON.readTree(Files.readString(file));
      var answer = api.post(IMPORT, sent);
      assertThat(counts(answer.json())).as(answer.text()).containsExactly(1, 0, 0, 0);
      assertThat(get(sent.path("orderId").asString())).as(file.toString()).isEqualTo(sent);
    }
  }

  private void feed() {
    assertThat(api.post("/api/orders/feed/config", Map.of("queue", Map.of("visibilityTimeoutInSeconds", 600))).status()).isEqualTo(200);
  }

  /** Order ids of the next events, committed. */
  private List<String> heard(int atLeast) {
    var heard = new ArrayList<String>();
    await().until(() -> {
      var items = api.get("/api/orders/feed?maxlot=10").json();
      items.forEach(i -> heard.add(i.path("orderId").asString()));
      if (!items.isEmpty()) api.post("/api/orders/feed", items);
      return heard.size() >= atLeast;
    });
    return heard;
  }

  private void awaitLog(int entries) {
    await().until(() -> log.head(account) >= entries);
    assertThat(log.head(account)).isEqualTo(entries);
  }

  @Test
  void return_isTakenOfAnOrderWhosePackagesDidNotComeAlong() {
    api.post(IMPORT, List.of(document("A-1", "invoiced")));
    assertThat(returned("A-1", "R1", 900).status()).isEqualTo(200);
    assertThat(returned("A-1", "R2", 1_000_000).status()).as("more than it cost").isEqualTo(400);
    assertThat(api.get("/api/oms/pvt/orders/A-1/ledger").json().at("/lines/0/returned").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"order-creation-error", "order-create-error", "waiting-for-sellers-confirmation"})
  void order_whoseSellerNobodyTellsGoesOnWhenSomebodyTriesAgain(String status) {
    var document = document("A-1", status);
    document.put("items", List.of(Map.of("id", "18", "quantity", 1, "price", 860, "sellingPrice", 860, "seller", "other-seller")));
    api.post(IMPORT, List.of(document));
    int answer = api.post("/api/oms/pvt/orders/A-1/retry", null).status();
    if (status.equals("order-create-error")) assertThat(answer).as("it is tried again by itself").isEqualTo(409);
    else await().until(() -> get("A-1").path("status").asString(), "payment-pending"::equals);
  }

  @Test
  void order_whoseSellerNobodyTellsDoesNotWaitForIt() {
    var document = document("A-1", "order-created");
    document.put("items", List.of(Map.of("id", "18", "quantity", 1, "price", 860, "sellingPrice", 860, "seller", "other-seller")));
    document.put("authorizationPolicyData", List.of(Map.of("id", "policy", "status", "pending")));
    api.post(IMPORT + "?live=true", List.of(document));
    await().until(() -> get("A-1").path("status").asString(), "waiting-for-order-authorization"::equals);
  }

  @Test
  void cancellationThatWasAskedForElsewhere_isAgreedToHere() {
    api.post(IMPORT, List.of(document("A-1", "cancellation-requested")));
    assertThat(api.post("/api/oms/pvt/orders/A-1/cancel", Map.of("reason", "out of stock")).status()).isEqualTo(200);
    var canceled = get("A-1");
    assertThat(canceled.path("status").asString()).isEqualTo("canceled");
    assertThat(canceled.at("/cancellationData/Reason").asString()).isEqualTo("out of stock");
    assertThat(api.post("/api/fulfillment/pvt/orders/A-1/fulfill", null).status()).as("another's, and canceled").isEqualTo(409);
  }

  private Api.Answer returned(String orderId, String number, long value) {
    var items = List.of(Map.of("id", "18", "quantity", 1));
    return api.post("/api/oms/pvt/orders/" + orderId + "/invoice", Map.of("type", "Input", "issuanceDate", "2026-11-24", "invoiceNumber", number, "invoiceValue", value, "items", items));
  }

  private JsonNode get(String orderId) {
    return api.get("/api/oms/pvt/orders/" + orderId).json();
  }

  private static JsonNode tree(Object value) {
    return Api.JSON.readTree(Api.JSON.writeValueAsString(value));
  }

  private static List<Integer> counts(JsonNode answer) {
    return List.of("imported", "unchanged", "refused", "retry").stream().map(n -> answer.path(n).asInt()).toList();
  }

  private static Map<String, Object> document(String orderId, String status) {
    var document = new LinkedHashMap<>(order());
    document.put("orderId", orderId);
    document.put("sequence", "502556");
    document.put("status", status);
    document.put("statusDescription", "whatever it said there");
    document.put("creationDate", "2017-02-05T10:31:49.0000000+00:00");
    document.put("authorizedDate", "2017-02-06T05:46:24.0000000+00:00");
    document.put("lastChange", "2017-02-10T05:46:24.1234567+00:00");
    document.put("hostname", "elsewhere");
    document.put("aFieldOfTheirs", Map.of("a", 1.0));
    return document;
  }

  private static Map<String, Object> order() {
    var order = new HashMap<String, Object>();
    order.put("value", 1160L);
    order.put("items", List.of(Map.of("id", "18", "quantity", 1, "price", 860, "sellingPrice", 860, "seller", "1")));
    return order;
  }

  private static Map<String, Object> invoice(String number, long value) {
    return Map.of(
        "type", "Output", "issuanceDate", "2017-02-11T12:00:00", "invoiceNumber", number, "invoiceValue", value,
        "items", List.of(Map.of("id", "18", "price", 860, "quantity", 1)));
  }
}
