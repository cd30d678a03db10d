package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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

/** What makes no sense in the calls that move an order: answered in the shape of the family that was called, and nothing is changed. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BadActionsIT {
  private static final String LONG = "\"" + "x".repeat(1_000_000) + "\"";

  @Value("${local.server.port}")
  int port;

  private Shop shop;
  private Api api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    Shop.properties(registry);
  }

  @BeforeEach
  void shop() {
    shop = new Shop(port);
    api = shop.api;
  }

  /** On an order in handling; LONG stands for a text of a million characters. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "POST | /api/oms/pvt/orders/ID/cancel                | {                                  | 400",
      "POST | /api/oms/pvt/orders/ID/cancel                | {'reason':LONG}                    | 400",
      "POST | /api/oms/pvt/orders/ID/cancel                | {'reason':{}}                      | 400",
      "POST | /api/fulfillment/pvt/orders/ID/cancel        | {'reason':LONG}                    | 400",
      "POST | /api/oms/pvt/orders/ID/start-handling        |                                    | 409",
      "POST | /api/oms/pvt/orders/ID/payments/P9/payment-notification |                         | 200", // paid already: harmless
      "POST | /api/oms/pvt/orders/ID/authorization         |                                    | 400",
      "POST | /api/oms/pvt/orders/ID/authorization         | {'authorized':'perhaps'}           | 400",
      "POST | /api/oms/pvt/orders/ID/authorization         | {'authorized':true,'reason':LONG}  | 400",
      "POST | /api/oms/pvt/orders/ID/authorization         | {'authorized':true}                | 409",
      "POST | /api/oms/pvt/orders/ID/authorization         | {'authorized':false}               | 409",
      "POST | /api/oms/pvt/orders/ID/retry                 |                                    | 409",
      "POST | /api/oms/pvt/orders/ID/changestate/shiny     |                                    | 400",
      "POST | /api/oms/pvt/orders/ID/changestate/payment-pending |                              | 409",
      "POST | /api/oms/pvt/orders/ID/changestate/invoiced  |                                    | 409",
      "PUT  | /api/checkout/pvt/orders/ID/sellers          |                                    | 400",
      "PUT  | /api/checkout/pvt/orders/ID/sellers          | {'seller':' '}                     | 400",
      "PUT  | /api/checkout/pvt/orders/ID/sellers          | {'seller':LONG}                    | 400",
      "PUT  | /api/checkout/pvt/orders/ID/sellers          | {'seller':'third'}                 | 409",
      "POST | /api/fulfillment/pvt/orders/ID/fulfill       |                                    | 409",
      "POST | /api/checkout/pvt/configuration/window-to-change-seller |                         | 400",
      "POST | /api/checkout/pvt/configuration/window-to-change-seller | {'waitingTime':-1}      | 400",
      "POST | /api/checkout/pvt/configuration/window-to-change-seller | {'waitingTime':31}      | 400",
      "POST | /api/checkout/pvt/configuration/window-to-change-seller | {'waitingTime':1.5}     | 400",
      "POST | /api/checkout/pvt/configuration/window-to-change-seller | {'waitingTime':LONG}    | 400",
      "POST | /api/orders/pvt/document/ID/deny-cancellation-request |                           | 400",
      "POST | /api/orders/pvt/document/ID/deny-cancellation-request | [                         | 400",
      "POST | /api/orders/pvt/document/ID/deny-cancellation-request | {'cancellationRequestId':'1'} | 400",
      "POST | /api/orders/pvt/document/ID/deny-cancellation-request | {'cancellationRequestId':'1','denyReason':'no'} | 400",
      "POST | /api/orders/pvt/document/ID/deny-cancellation-request | {'cancellationRequestId':'1','denyReason':LONG} | 400",
  })
  void changesNothing(String method, String path, String body, int status) {
    var id = shop.handling();
    var before = shop.order(id, "");
    var answer = api.send(method, path.replace("ID", id), body == null ? null : body.replace('\'', '"').replace("LONG", LONG), Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(shop.order(id, "")).isEqualTo(before);
    if (status != 200) assertShape(path, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/oms/pvt/orders/none/authorization", "/api/oms/pvt/orders/none/retry", "/api/oms/pvt/orders/none/changestate/handling",
    "/api/fulfillment/pvt/orders/none/cancel", "/api/fulfillment/pvt/orders/none/fulfill", "/api/orders/pvt/document/none/deny-cancellation-request",
    "/api/checkout/pub/gatewayCallback/none"})
  void anUnknownOrder_isNotFound(String path) {
    var answer = api.post(path, Map.of("authorized", true, "cancellationRequestId", "1", "denyReason", "no"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    assertShape(path, answer);
  }

  @Test
  void aCanceledOrder_takesNoDenialAndNoAuthorization() {
    var id = shop.handling();
    shop.cancel(id, true);
    var request = shop.order(id, "").at("/cancellationRequests/0/id").asString();
    shop.cancel(id, false);
    var deny = api.post("/api/orders/pvt/document/" + id + "/deny-cancellation-request", Map.of("cancellationRequestId", request, "denyReason", "late"));
    assertThat(deny.status()).isEqualTo(400);
    assertThat(deny.json().path("detail").asString()).isEqualTo("The order is already canceled.");
    assertThat(api.post(Shop.orders(id) + "/changestate/handling", null).status()).isEqualTo(409);
    assertThat(shop.status(id)).isEqualTo("canceled");
  }

  @Test
  void theWindowToChangeSeller_isKept() {
    assertThat(api.get("/api/checkout/pvt/configuration/window-to-change-seller").text()).isEqualTo("2");
    assertThat(api.post("/api/checkout/pvt/configuration/window-to-change-seller", Map.of("waitingTime", "30")).status()).isEqualTo(201);
    assertThat(api.get("/api/checkout/pvt/configuration/window-to-change-seller").text()).isEqualTo("30");
  }

  @Test
  @EnabledIfSystemProperty(named = Fixtures.PLACE, matches = ".+", disabledReason = Fixtures.ABSENT)
  void sampleRequests_areAcceptedAndAnsweredInTheSamplesShape() {
    var window = api.post("/api/checkout/pvt/configuration/window-to-change-seller", Fixtures.action("window-to-change-seller-request.json"));
    assertThat(window.status()).isEqualTo(201);
    assertThat(api.get("/api/checkout/pvt/configuration/window-to-change-seller").text()).isEqualTo("4");
    var canceled = api.post(Shop.orders(shop.handling()) + "/cancel", Fixtures.action("cancel-request.json"));
    assertThat(canceled.status()).isEqualTo(200);
    assertThat(Fixtures.differences(Fixtures.action("cancel-response.json"), canceled.json())).isEmpty();
  }

  private static void assertShape(String path, Api.Answer answer) {
    if (path.startsWith("/api/orders")) {
      assertThat(List.copyOf(answer.json().propertyNames())).contains("type", "title", "status", "traceId");
    } else {
      assertThat(List.copyOf(answer.json().path("error").propertyNames())).containsExactly("code", "message", "exception");
    }
  }
}
