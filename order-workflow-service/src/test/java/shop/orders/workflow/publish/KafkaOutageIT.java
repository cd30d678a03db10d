package shop.orders.workflow.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.localstack.server.Kafka;
import shop.orders.testservers.TestServers;
import shop.orders.workflow.Api;
import shop.orders.workflow.TestWorkflow;

/** Kafka dies, hangs and comes back under a running service: orders do not notice, and Kafka has every event in the end. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class KafkaOutageIT {
  private static final Kafka KAFKA = new Kafka(Kafka.Settings.forTests(TestServers.privateDirectory()));

  @Value("${local.server.port}")
  int port;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), KAFKA.bootstrapServers());
    registry.add("orders.operator.token", () -> "operator-token-of-the-test");
  }

  @AfterAll
  static void stop() {
    KAFKA.kill();
  }

  @Test
  void anOutageOfKafka_holdsNothingUpAndLosesNothing() {
    var operator = new Api(port, Map.of("X-Operator-Token", "operator-token-of-the-test"));
    assertThat(operator.put("/operator/accounts/demo/keys/k", Map.of("appToken", "token-of-the-tests")).status()).isEqualTo(404);
    operator.put("/operator/accounts/demo", Map.of());
    operator.put("/operator/accounts/demo/keys/k", Map.of("appToken", "token-of-the-tests"));
    var api = Api.withKey(port, "k", "token-of-the-tests");

    var beforeTheStart = place(api, 5); // Kafka was never there
    KAFKA.start();
    awaitEvents(beforeTheStart);

    KAFKA.kill();
    var whileDead = place(api, 5);
    KAFKA.start();
    awaitEvents(whileDead);

    KAFKA.freeze();
    var whileFrozen = place(api, 5);
    KAFKA.thaw();
    awaitEvents(whileFrozen);
    awaitEvents(beforeTheStart);
  }

  private static List<String> place(Api api, int count) {
    var order = Map.of("value", 100, "items", List.of(Map.of("id", "18", "quantity", 1, "price", 100)), "paymentData",
        Map.of("transactions", List.of(Map.of("isActive", true, "payments", List.of(Map.of("id", "P", "value", 100))))));
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              var placed = api.post("/api/oms/pvt/orders", order);
              assertThat(placed.status()).as(placed.text()).isEqualTo(201);
              var id = placed.json().path("orderId").asString();
              assertThat(api.post("/api/oms/pvt/orders/" + id + "/cancel", null).status()).isEqualTo(200);
              return id;
            })
        .toList();
  }

  /** Versions 1 to 5 of each order, in order; later copies of events that were sent twice are allowed. */
  private static void awaitEvents(List<String> orders) {
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers(), ConsumerConfig.GROUP_ID_CONFIG, "test-" + System.nanoTime(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.METADATA_MAX_AGE_CONFIG, "500");
    try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("orders.events"));
      var first = new LinkedHashMap<String, List<Long>>();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                  var notice = Api.JSON.readTree(message.value());
                  assertThat(message.key()).isEqualTo("demo/" + notice.path("orderId").asString());
                  var versions = first.computeIfAbsent(notice.path("orderId").asString(), k -> new ArrayList<>());
                  if (!versions.contains(notice.path("version").asLong())) versions.add(notice.path("version").asLong());
                }
                return orders.stream().allMatch(id -> first.getOrDefault(id, List.of()).size() == 5);
              });
      for (var id : orders) assertThat(first.get(id)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }
}
