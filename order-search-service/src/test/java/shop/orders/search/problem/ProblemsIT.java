package shop.orders.search.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.search.index.Indexer;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;

/** What cannot be indexed as it should: others do not wait for it, it is listed with the reason, and one command repairs it when the cause is gone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final HeldOrders orders = new HeldOrders();
  private SearchService service;

  @BeforeAll
  void start() {
    service = SearchService.start(orders, "127.0.0.1:1", TestServers.elasticsearch().uri(), List.of("p-doc", "p-deep", "p-read", "p-many", "p-named"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void poisonAmongMany_isFoundListedAndRepairedByOneCommand() {
    var keys = new ArrayList<OrderKey>();
    for (int i = 0; i < 2_000; i++) keys.add(orders.put(order("p-doc", "v%04d-01".formatted(i)).total(100 + i, 1).placed()));
    var poison = order("p-doc", "v0777-01").total(877, 1).placed();
    orders.put(new HeldOrders.Held(poison.order(), Map.of())); // its document cannot be made
    service.bean(Indexer.class).index(keys);
    await().atMost(SOON).until(() -> service.list("p-doc", "").body().at("/paging/total").asInt() == 2_000);
    assertThat(service.list("p-doc", "?q=v0777").body().at("/list/0/totalValue").asInt()).isEqualTo(877);
    var problem = problems("p-doc").at("/problems/0");
    assertThat(problem.path("order").asString()).isEqualTo("p-doc/v0777-01");
    assertThat(problem.path("kind").asString()).isEqualTo("skeleton");
    assertThat(problem.path("reason").asString()).contains("has no document d1");
    assertThat(problem.path("since").asString()).startsWith("20");

    assertThat(retry("{\"account\":\"p-doc\"}").at("/results/0/outcome").asString()).isEqualTo("skeleton");
    orders.put(poison);
    var result = retry("{\"account\":\"p-doc\"}").at("/results/0");
    assertThat(result.path("order").asString()).isEqualTo("p-doc/v0777-01");
    assertThat(result.path("outcome").asString()).isEqualTo("whole");
    await().atMost(SOON).until(() -> problems("p-doc").path("problems").isEmpty());
    assertThat(service.list("p-doc", "?q=v0777").body().at("/list/0/totalItems").asInt()).isEqualTo(1);
  }

  @Test
  void documentTheIndexRefuses_isWholeOnceItsMappingIsPutRight() {
    var key = orders.put(order("p-deep", "v1-01").at("2018-02-01T00:00:00Z").poisoned().placed());
    service.bean(Indexer.class).index(List.of(key));
    await().atMost(SOON).until(() -> problems("p-deep").path("problems").size() == 1);
    assertThat(problems("p-deep").at("/problems/0/reason").asString()).contains("depth limit");
    RestClient.create(TestServers.elasticsearch().uri().toString())
        .put()
        .uri("/orders-g1-2018q1/_mapping")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"properties\":{\"custom\":{\"type\":\"flattened\",\"ignore_above\":256,\"depth_limit\":50}}}")
        .retrieve()
        .toBodilessEntity();
    assertThat(retry("{\"orders\":[\"p-deep/v1-01\"]}").at("/results/0/outcome").asString()).isEqualTo("whole");
    await().atMost(SOON).until(() -> problems("p-deep").path("problems").isEmpty());
  }

  @Test
  void unreadableOrder_isListedUntilItIsIndexed() {
    var key = orders.put(order("p-read", "v1-01").placed());
    var other = orders.put(order("p-read", "v2-01").placed());
    orders.broken(key, true);
    service.bean(Indexer.class).index(List.of(key, other));
    await().atMost(SOON).until(() -> service.list("p-read", "").body().at("/paging/total").asInt() == 1);
    var problem = problems("p-read").at("/problems/0");
    assertThat(problem.path("kind").asString()).isEqualTo("unreadable");
    assertThat(problem.path("reason").asString()).contains("unheard-of event");
    var since = problem.path("since").asString();
    assertThat(retry("{\"account\":\"p-read\"}").at("/results/0/outcome").asString()).isEqualTo("unreadable");
    assertThat(problems("p-read").at("/problems/0/since").asString()).isEqualTo(since);
    orders.broken(key, false);
    assertThat(retry("{\"account\":\"p-read\"}").at("/results/0/outcome").asString()).isEqualTo("whole");
    assertThat(problems("p-read").path("problems").isEmpty()).isTrue();
    await().atMost(SOON).until(() -> service.list("p-read", "").body().at("/paging/total").asInt() == 2);
  }

  @Test
  void manyProblems_areListedAndTriedPageByPage() {
    var keys = IntStream.range(0, 230).mapToObj(i -> orders.put(new HeldOrders.Held(order("p-many", "v%03d-01".formatted(i)).placed().order(), Map.of()))).toList();
    service.bean(Indexer.class).index(keys);
    await().atMost(SOON).until(() -> listed("p-many").size() == 230);
    assertThat(listed("p-many")).isSorted().doesNotHaveDuplicates().first().isEqualTo("p-many/v000-01");
    for (int i = 0; i < 230; i++) orders.put(order("p-many", "v%03d-01".formatted(i)).placed());
    int tried = 0;
    String from = null;
    do {
      var page = retry(from == null ? "{\"account\":\"p-many\"}" : "{\"account\":\"p-many\",\"from\":\"" + from + "\"}");
      tried += page.path("results").size();
      from = page.path("next").asString(null);
    } while (from != null);
    assertThat(tried).isEqualTo(230);
    await().atMost(SOON).until(() -> listed("p-many").isEmpty());
  }

  @Test
  void namedOrders_areTriedListedOrNot() {
    var key = orders.put(order("p-named", "v1-01").placed());
    var results = retry("{\"orders\":[\"" + key + "\",\"p-named/ghost\"]}").path("results");
    assertThat(results.at("/0/outcome").asString()).isEqualTo("whole");
    assertThat(results.at("/1/outcome").asString()).isEqualTo("absent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"orders\":[]}", "{\"orders\":[\"no slash\"]}", "{\"orders\":\"a/b\"}", "{\"orders\":[7]}", "{\"account\":7}", "{\"account\":\"NOT ONE\"}", "{\"from\":\"x\"}", "[]", "{"})
  void nonsense_isRefusedWithTheReason(String body) {
    var answer = service.operator("POST", "/operator/search/retry", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/error/code").asString()).isEqualTo("OMS001");
    assertThat(answer.body().at("/error/message").asString()).isNotBlank();
  }

  @Test
  void withoutTheOperatorsToken_nothingIsSaid() {
    assertThat(service.get("/operator/search/problems", "p-doc").status()).isEqualTo(401);
    assertThat(service.send("POST", "/operator/search/retry", Map.of("X-Operator-Token", "guess"), "{}").status()).isEqualTo(401);
  }

  private JsonNode problems(String account) {
    var answer = service.operator("GET", "/operator/search/problems?account=" + account, null);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private List<String> listed(String account) {
    var all = new ArrayList<String>();
    String from = null;
    do {
      var page = service.operator("GET", "/operator/search/problems?account=" + account + (from == null ? "" : "&from=" + from), null).body();
      page.path("problems").forEach(problem -> all.add(problem.path("order").asString()));
      from = page.path("next").asString(null);
    } while (from != null);
    return all;
  }

  private JsonNode retry(String body) {
    var answer = service.operator("POST", "/operator/search/retry", body);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }
}
