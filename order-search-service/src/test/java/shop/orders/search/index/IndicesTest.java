package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.search.HeldOrders;
import shop.orders.search.index.Indices.Condition;

/** What is made of what Elasticsearch says in the minutes after a start, and when it is in trouble. */
class IndicesTest {
  private static final String THERE = "{\"orders-g1-2026q4\":{\"aliases\":{},\"settings\":{\"index\":{\"uuid\":\"u\"}}}}";
  private static final String QUIET = "\"initializing_shards\":0,\"number_of_in_flight_fetch\":0";

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private HttpServer server;

  /** @param status 0: the connection breaks */
  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          var answer = answers.getOrDefault(path.substring(path.lastIndexOf('/') + 1), new Answer(404, "{}"));
          exchange.getRequestBody().readAllBytes();
          if (answer.status > 0) {
            var body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    answers.put("orders-g*-*", new Answer(200, THERE));
    health(QUIET);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void health(String shards) {
    answers.put(
        "health",
        new Answer(
            200,
            "{\"cluster_name\":\"c\",\"status\":\"red\",\"timed_out\":false,\"number_of_nodes\":1,\"number_of_data_nodes\":1,\"active_primary_shards\":0,\"active_shards\":0,\"relocating_shards\":0,"
                + "\"unassigned_shards\":2,\"unassigned_primary_shards\":2,\"delayed_unassigned_shards\":0,\"number_of_pending_tasks\":0,\"task_max_waiting_in_queue_millis\":0,\"active_shards_percent_as_number\":0.0,"
                + shards
                + "}"));
  }

  private void refuses(int status, String type) {
    answers.put("_search", new Answer(status, "{\"error\":{\"type\":\"" + type + "\",\"reason\":\"so\",\"root_cause\":[]},\"status\":" + status + "}"));
  }

  private Condition condition() {
    var conditions = new Condition[1];
    TestIndex.run(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), new HeldOrders(), context -> conditions[0] = context.getBean(Indices.class).condition(1));
    return conditions[0];
  }

  @Test
  void generationOfWhichNothingIsThere_isGone() {
    answers.put("orders-g*-*", new Answer(200, "{}"));
    assertThat(condition()).isEqualTo(Condition.GONE);
  }

  @Test
  void closedIndex_isGone() {
    refuses(400, "index_closed_exception");
    assertThat(condition()).isEqualTo(Condition.GONE);
  }

  @Test
  void shardsThatNobodyRecovers_areUnreadable() {
    refuses(503, "search_phase_execution_exception");
    assertThat(condition()).isEqualTo(Condition.UNREADABLE);
  }

  @Test
  void shardsBeingRecovered_orWaitingForOthersThatAre_areNotGivenUp() {
    refuses(503, "search_phase_execution_exception");
    health("\"initializing_shards\":4,\"number_of_in_flight_fetch\":0");
    assertThat(condition()).isEqualTo(Condition.UNSURE);
    health("\"initializing_shards\":0,\"number_of_in_flight_fetch\":2");
    assertThat(condition()).isEqualTo(Condition.UNSURE);
  }

  @Test
  void serverThatIsBusy_orGivesNoRight_orBreaksOff_saysNothingOfTheIndex() {
    refuses(429, "circuit_breaking_exception");
    assertThat(condition()).isEqualTo(Condition.UNSURE);
    refuses(403, "security_exception");
    assertThat(condition()).isEqualTo(Condition.UNSURE);
    answers.put("_search", new Answer(0, ""));
    assertThat(condition()).isEqualTo(Condition.UNSURE);
  }

  @Test
  void serverThatDoesNotTellWhichIndicesThereAre_saysNothing() {
    answers.put("orders-g*-*", new Answer(503, "{\"error\":{\"type\":\"cluster_block_exception\",\"reason\":\"state not recovered\"},\"status\":503}"));
    assertThatThrownBy(this::condition).isInstanceOf(IndexUnavailable.class);
  }
}
