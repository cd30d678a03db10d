package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The second family of paths over the same orders, and the payment transaction. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PiiFamilyIT {
  private static final String NO_REFERENCE = "the VTEX reference documents are not part of this project; give their place with -Dvtex.reference=DIR";

  @Value("${local.server.port}")
  int port;

  private Shop shop;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    Shop.properties(registry);
  }

  @BeforeEach
  void open() {
    shop = new Shop(port);
  }

  @Test
  void twins_moveTheSameOrder() {
    var id = shop.place();
    assertThat(shop.api.post(pii(id) + "/payment/P1/notify-payment", null).status()).isEqualTo(200);
    assertThat(shop.status(id)).isEqualTo("ready-for-handling");
    var started = shop.api.post(pii(id) + "/actions/start-handling", null);
    assertThat(started.status()).isEqualTo(204);
    assertThat(started.text()).isEmpty();
    assertThat(shop.status(id)).isEqualTo("handling");
    var canceled = shop.api.post(pii(id) + "/cancel", Map.of("reason", "no stock"));
    assertThat(canceled.json().propertyNames()).containsExactly("date", "orderId", "receipt");
    assertThat(shop.status(id)).isEqualTo("canceled");
  }

  @Test
  void document_isTheSameOrderInItsFamilysShape() {
    var id = shop.paid();
    var answer = shop.api.get(pii(id));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Order-Version")).isEqualTo(shop.api.get(Shop.orders(id)).headers().firstValue("X-Order-Version"));
    var document = answer.json();
    assertThat(document.path("state").asString()).isEqualTo("ready-for-handling");
    assertThat(document.path("lastChange").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
    assertThat(document.path("clientProfileData").path("email").asString()).isEqualTo("ana@example.com");
    assertThat(document.at("/workflowData/instances")).extracting(i -> i.path("name").asString()).containsExactly("Marketplace", "Fulfillment");
    assertThat(document.at("/receiptData/receiptCollection/0/receiptType").asString()).isEqualTo("authorizePayment");
  }

  @Test
  void paymentTransaction_followsTheOrder() {
    var id = shop.place();
    assertThat(transaction(id).path("status").asString()).isEqualTo("Authorizing");
    shop.pay(id);
    var paid = transaction(id);
    assertThat(paid.propertyNames()).containsExactly("status", "isActive", "transactionId", "merchantName", "payments");
    assertThat(paid.path("status").asString()).isEqualTo("Finished");
    assertThat(paid.path("transactionId").asString()).isEqualTo("T1");
    assertThat(paid.path("merchantName").asString()).isEqualTo("SHOP");
    assertThat(paid.at("/payments/0/id").asString()).isEqualTo("P1");
    var canceled = shop.place();
    shop.cancel(canceled, null);
    assertThat(transaction(canceled).path("status").asString()).isEqualTo("Canceled");
  }

  @Test
  void paymentTransaction_isNotFoundWhereThereIsNone() {
    var order = Shop.order("1");
    order.remove("paymentData");
    assertThat(shop.api.get(Shop.orders(shop.place(order)) + "/payment-transaction").json().at("/error/code").asString()).isEqualTo("OMS009");
    var item = Map.of("id", "18", "quantity", 1, "seller", "1", "price", 990);
    var client = Map.of("email", "a@b.c", "firstName", "A", "lastName", "B", "documentType", "cpf", "document", "1");
    var shipping = Map.of("address", Map.of("city", "Rio"), "logisticsInfo", List.of());
    shop.api.post("/api/fulfillment/pvt/orders?affiliateId=MKP", Map.of("marketplaceOrderId", "77-01", "marketplaceServicesEndpoint", "http://m.example.com",
        "marketplacePaymentValue", 990, "items", List.of(item), "clientProfileData", client, "shippingData", shipping));
    assertThat(shop.status("MKP-77-01")).isEqualTo("waiting-ffmt-authorization");
    assertThat(shop.api.get(Shop.orders("MKP-77-01") + "/payment-transaction").status()).isEqualTo(404);
    assertThat(shop.api.get(Shop.orders("none-01") + "/payment-transaction").json().at("/error/code").asString()).isEqualTo("OMS007");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "POST | /actions/start-handling     |                  | 409",
      "POST | /actions/start-handling     | junk             | 409",
      "POST | /cancel                     | junk             | 400",
      "POST | /cancel                     | {\"reason\":{}}  | 400",
      "POST | /payment/NONE/notify-payment|                  | 404",
  })
  void badRequests_areAnsweredInTheirFamilysShapeAndChangeNothing(String method, String path, @Nullable String body, int status) {
    var id = shop.place();
    var before = shop.api.get(Shop.orders(id)).text();
    assertProblem(shop.api.send(method, pii(id) + path, body, Map.of()), status);
    assertThat(shop.api.get(Shop.orders(id)).text()).isEqualTo(before);
  }

  @Test
  void megabytesOfReason_areRefused() {
    assertProblem(shop.api.post(pii(shop.place()) + "/cancel", Map.of("reason", "x".repeat(1 << 20))), 400);
  }

  @ParameterizedTest
  @CsvSource({"GET,''", "POST,/actions/start-handling", "POST,/cancel", "POST,/payment/P1/notify-payment"})
  void unknownOrders_areNotFound(String method, String path) {
    assertProblem(shop.api.send(method, pii("none-01") + path, null, Map.of()), 404);
    assertProblem(shop.api.send(method, pii("x".repeat(300)) + path, null, Map.of()), 404);
  }

  @Test
  @EnabledIfSystemProperty(named = "vtex.reference", matches = ".+", disabledReason = NO_REFERENCE)
  void document_hasEveryFieldOfTheSample() throws Exception {
    var sample = fixture("pii/document-get-response.json");
    var id = shop.place(fixture("get-order/openapi-2026-marketplace.json"));
    var shown = shop.api.get(pii(id)).json();
    assertThat(new TreeSet<>(shown.propertyNames())).containsAll(sample.propertyNames());
    for (var part : List.of("/workflowData", "/workflowData/instances/0", "/workflowData/instances/0/steps/0", "/workflowData/instances/0/timeLine/0", "/salesChannelData")) {
      assertThat(shown.at(part).propertyNames()).as(part).containsAll(sample.at(part).propertyNames());
    }
    assertThat(shown.at("/workflowData/instances/0/steps")).isEqualTo(sample.at("/workflowData/instances/0/steps"));
    assertThat(shown.at("/itemMetadata/items/0").propertyNames()).containsAll(sample.at("/itemMetadata/items/0").propertyNames());
  }

  @Test
  @EnabledIfSystemProperty(named = "vtex.reference", matches = ".+", disabledReason = NO_REFERENCE)
  void sampleTransaction_comesBackInItsShape() throws Exception {
    var sample = fixture("actions/payment-transaction-response.json");
    var order = Shop.order("1");
    order.put("paymentData", Map.of("transactions", List.of(sample)));
    var shown = transaction(shop.place(order));
    assertThat(shown.propertyNames()).containsExactlyElementsOf(sample.propertyNames());
    assertThat(shown.path("payments")).isEqualTo(sample.path("payments"));
    assertThat(shown.path("transactionId")).isEqualTo(sample.path("transactionId"));
  }

  private static JsonNode fixture(String name) throws Exception {
    return Api.JSON.readTree(Files.readString(Path.of(System.getProperty("vtex.reference"), "fixtures").resolve(name)));
  }

  private JsonNode transaction(String id) {
    var answer = shop.api.get(Shop.orders(id) + "/payment-transaction");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static String pii(String id) {
    return "/api/orders/pvt/document/" + id;
  }

  private static void assertProblem(Api.Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().propertyNames()).contains("type", "title", "status", "traceId");
  }
}
