package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.orders.workflow.Merchant.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.store.EventLog;
import shop.orders.workflow.Api;
import shop.orders.workflow.Merchant;
import tools.jackson.databind.JsonNode;

/** Feeds of orders for which an expression holds, over HTTP, on a real Cassandra. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderFilterIT {
  @Value("${local.server.port}")
  int port;

  @Autowired EventLog log;

  private Merchant merchant;
  private Api api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    FeedUser.properties(registry);
  }

  @BeforeEach
  void merchant() {
    merchant = Merchant.open(port, "operator-token-of-the-test");
    api = merchant.api();
  }

  @Test
  void order_comesOncePerFilter() {
    configure("", "value > 2000", false);
    var small = merchant.handling(item("18", 1000, 1));
    var large = merchant.handling(item("18", 1000, 2));
    awaitHandled(small, large);
    var heard = drain("");
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).path("orderId").asString()).isEqualTo(large);
    assertThat(heard.get(0).path("state").asString()).isEqualTo("order-created");
    configure("", "value > 2000", false); // saying it again does not tell of it again
    FeedUser.ok(api.post(Merchant.path(large, "/interactions"), Map.of("source", "test", "message", "one more change")));
    var other = merchant.handling(item("18", 1000, 3));
    awaitHandled(other);
    assertThat(drain("")).extracting(e -> e.path("orderId").asString()).containsExactly(other);
  }

  @Test
  void filter_judgesTheOrderAsItWasByEachChange() {
    configure("", "status = \"payment-approved\"", true);
    configure("?feed=changes", "status = \"handling\"", true);
    var id = merchant.handling(item("18", 1000, 2));
    FeedUser.ok(api.post(Merchant.path(id, "/interactions"), Map.of("source", "test", "message", "a change that moves nothing")));
    awaitLogged(id, 10);
    assertThat(drain("")).extracting(e -> e.path("state").asString()).as("though it is handled by now").containsExactly("payment-approved");
    assertThat(drain("?feed=changes")).extracting(e -> e.path("state").asString()).containsExactly("handling", "handling");
  }

  @Test
  void rewoundFilter_tellsTheSameAgain_andTheRehearsalKnewHowMuch() {
    for (int i = 0; i < 3; i++) awaitHandled(merchant.handling(item("18", 1000, 2)));
    var filter = Map.of("type", "FromOrders", "expression", "$count(items[quantity = 2]) > 0");
    var forecast = FeedUser.ok(api.post("/api/orders/feed/rehearse", Map.of("filter", filter, "days", 1))).json();
    assertThat(forecast.path("count").asInt()).as("each order once").isEqualTo(3);
    configure("", "$count(items[quantity = 2]) > 0", false);
    assertThat(drain("")).as("a new feed hears of what happens from now on").isEmpty();
    for (int i = 0; i < 2; i++) {
      FeedUser.ok(api.post("/api/orders/feed/rewind", Map.of("date", "2020-01-01T00:00:00Z")));
      assertThat(drain("")).hasSize(3);
    }
  }

  @Test
  void expressionThatFails_holdsNothingUp() {
    configure("", "value > \"text\" or status.x.y = 7", true);
    configure("?feed=other", "status = \"handling\"", true);
    awaitHandled(merchant.handling(item("18", 1000, 2)));
    assertThat(drain("")).isEmpty();
    assertThat(drain("?feed=other")).hasSize(1);
  }

  @Test
  void oldFeed_isReadAndConfirmedBesideTheOthers() {
    var path = "/api/oms/pvt/feed/orders/status";
    assertThat(FeedUser.items(FeedUser.ok(api.get(path + "?maxLot=20")))).as("it begins now").isEmpty();
    awaitHandled(merchant.handling(item("18", 1000, 2)));
    var items = FeedUser.items(FeedUser.ok(api.get(path + "?maxLot=20")));
    assertThat(items).extracting(i -> i.path("status").asString()).startsWith("order-created", "on-order-completed").endsWith("start-handling", "handling");
    assertThat(items.get(0).propertyNames()).containsExactly("orderId", "status", "dateTime", "origin", "commitToken");
    assertThat(items.get(0).path("commitToken").asString()).startsWith("Marketplace##");
    var tokens = items.stream().map(i -> Map.of("commitToken", i.path("commitToken").asString())).toList();
    FeedUser.ok(api.post(path + "/confirm", tokens));
    assertThat(FeedUser.ok(api.get("/api/orders/feed/configs")).json().get(0).path("quantity").asInt()).isZero();
    for (var wrong : List.of("{}", "[]x", "[{\"commitToken\":\"Marketplace##x\"}]", "[7]")) {
      var answer = api.send("POST", path + "/confirm", wrong, Map.of("Content-Type", "application/json"));
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.json().path("error").has("message")).isTrue();
    }
    assertThat(api.get(path + "?maxLot=21").status()).isEqualTo(400);
  }

  private void configure(String query, String expression, boolean disableSingleFire) {
    var filter = Map.of("type", "FromOrders", "expression", expression, "disableSingleFire", disableSingleFire);
    var shown = FeedUser.ok(api.post("/api/orders/feed/config" + query, Map.of("filter", filter, "queue", Map.of("visibilityTimeoutInSeconds", 60)))).json();
    assertThat(shown.at("/filter/expression").asString()).isEqualTo(expression);
    assertThat(shown.at("/filter/disableSingleFire").asBoolean()).isEqualTo(disableSingleFire);
  }

  private List<JsonNode> drain(String query) {
    var all = new ArrayList<JsonNode>();
    while (true) {
      var items = FeedUser.items(FeedUser.ok(api.get("/api/orders/feed" + query)));
      if (items.isEmpty()) return all;
      all.addAll(items);
      FeedUser.ok(api.post("/api/orders/feed" + query, Map.of("handles", items.stream().map(i -> i.path("handle").asString()).toList())));
    }
  }

  private void awaitHandled(String... ids) {
    for (var id : ids) awaitLogged(id, 9);
  }

  /** In the log, so that feeds can hear of it. */
  private void awaitLogged(String id, long version) {
    var account = api.headers().get("X-VTEX-API-AppKey").split("-")[1];
    await().until(() -> log.read(account, 0, 1_000).stream().anyMatch(l -> l.entry().orderId().equals(id) && l.entry().version() >= version));
  }
}
