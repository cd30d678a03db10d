package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.springframework.test.context.DynamicPropertyRegistry;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.testservers.TestServers;
import shop.orders.workflow.Api;
import shop.orders.workflow.TestWorkflow;
import tools.jackson.databind.JsonNode;

/** An account of its own at the service under test, and its feeds over HTTP. */
final class FeedUser {
  private static final String OPERATOR = "operator-token-of-the-test";

  final String account = "t" + UUID.randomUUID().toString().substring(0, 8);
  final Api api;
  private final EventLog log;

  FeedUser(int port, EventLog log) {
    this.log = log;
    this.api = Api.newAccount(port, OPERATOR, account, "PT0S", null);
  }

  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1");
    registry.add("orders.operator.token", () -> OPERATOR);
  }

  /** @param query {@code ""} or as in {@code "?feed=test"} */
  void configure(String query, long visibility, Object... more) {
    var body = new HashMap<String, Object>(Map.of("queue", Map.of("visibilityTimeoutInSeconds", visibility)));
    for (int i = 0; i < more.length; i += 2) body.put((String) more[i], more[i + 1]);
    ok(api.post("/api/orders/feed/config" + query, body));
  }

  /** As the relay of another instance does: this one is not told. */
  void append(String orderId, int count) {
    var now = Instant.now();
    for (int done = 0; done < count; ) {
      int some = Math.min(1_000, count - done);
      int first = done;
      var entries =
          IntStream.range(first, first + some)
              .mapToObj(i -> new LogEntry(orderId + i, 1, "handling", "start-handling", "Fulfillment", "moved", now, now, now))
              .toList();
      assertThat(log.append(account, log.head(account), entries)).isPresent();
      done += some;
    }
  }

  List<JsonNode> read(String query) {
    return items(ok(api.get("/api/orders/feed" + query)));
  }

  Api.Answer commit(String query, List<JsonNode> items) {
    return api.post("/api/orders/feed" + query, Map.of("handles", items.stream().map(i -> i.path("handle").asString()).toList()));
  }

  /** Reads and commits to the end. @return the orders' ids */
  List<String> drain(String query) {
    var all = new ArrayList<String>();
    for (var items = read(query); !items.isEmpty(); items = read(query)) {
      items.forEach(i -> all.add(i.path("orderId").asString()));
      ok(commit(query, items));
    }
    return all;
  }

  JsonNode get(String path) {
    return ok(api.get("/api/orders/feed" + path)).json();
  }

  JsonNode post(String path, Object body) {
    return ok(api.post("/api/orders/feed" + path, body)).json();
  }

  static List<JsonNode> items(Api.Answer answer) {
    return StreamSupport.stream(answer.json().spliterator(), false).toList();
  }

  /** As a connector: where many ask at once for long the store may once be too slow, and then the answer asks for the same request again. */
  static Api.Answer patiently(Supplier<Api.Answer> request) {
    var answer = request.get();
    for (int more = 0; more < 5 && answer.status() == 503; more++) answer = request.get();
    return ok(answer);
  }

  static Api.Answer ok(Api.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }
}
