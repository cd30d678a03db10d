package shop.orders.search.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.search.TestOrders;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;

/** Records that cannot be worked on: kept before anything behind them counts as done, listed, and worked on again. */
class DeadLettersIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String LETTERS = "/operator/search/dead-letters";

  private final String account = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String topic = "events-" + account;
  private final String deadTopic = topic + ".dead";
  private final HeldOrders orders = new HeldOrders();
  private Admin admin;
  private KafkaProducer<String, String> producer;
  private SearchService service;

  @BeforeEach
  void begin() throws Exception {
    var kafka = TestServers.kafka().bootstrapServers();
    admin = Admin.create(Map.of("bootstrap.servers", kafka));
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1), new NewTopic(deadTopic, 3, (short) 1))).all().get();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka, "linger.ms", 0, "max.request.size", 2_000_000), new StringSerializer(), new StringSerializer());
    service =
        SearchService.start(
            orders,
            kafka,
            TestServers.elasticsearch().uri(),
            List.of(account),
            "--orders.kafka.topic=" + topic,
            "--orders.search.ingest.group=group-" + account,
            "--orders.search.ingest.dead-topic=" + deadTopic,
            "--orders.search.ingest.absent-patience=1s");
  }

  @AfterEach
  void end() {
    service.close();
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }

  @Test
  void letters_areListedNewestFirst_andGoWhenTheirOrdersAreIndexed() {
    producer.send(new ProducerRecord<>(topic, "no key of ours", "no notice"));
    producer.send(new ProducerRecord<>(topic, account + "/v1-01", notice("v1-01")));
    producer.send(new ProducerRecord<>(topic, account + "/v2-01", notice("v2-01")));
    await().atMost(SOON).untilAsserted(() -> assertThat(letters()).hasSize(3));
    var letters = letters();
    assertThat(letters).extracting(l -> l.path("origin").asString()).containsExactlyInAnyOrder(topic + "-0@0", topic + "-0@1", topic + "-0@2");
    assertThat(letters).isSortedAccordingTo((a, b) -> b.path("at").asString().compareTo(a.path("at").asString()));
    var undecodable = letters.stream().filter(l -> l.path("origin").asString().endsWith("@0")).findFirst().orElseThrow();
    assertThat(undecodable.path("reason").asString()).startsWith("undecodable: ");
    assertThat(undecodable.path("value").asString()).isEqualTo("no notice");
    assertThat(undecodable.path("key").asString()).isEqualTo("no key of ours");

    orders.put(order(account, "v1-01").placed());
    orders.put(order(account, "v2-01").placed());
    var one = replay("{\"origin\":\"" + topic + "-0@1\"}");
    assertThat(one.status()).isEqualTo(200);
    assertThat(one.body().toString()).isEqualTo("{\"replayed\":1,\"failed\":[]}");
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEqualTo(1));
    assertThat(letters()).hasSize(2);

    var all = replay("");
    assertThat(all.body().path("replayed").asInt()).isEqualTo(1);
    assertThat(all.body().at("/failed/0/origin").asString()).isEqualTo(topic + "-0@0");
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEqualTo(2));
    assertThat(letters()).hasSize(1);
    assertThat(replay("{\"origin\":\"" + topic + "-0@1\"}").status()).isEqualTo(400);
  }

  @Test
  void unreadableValue_whoseKeyNamesAnOrder_isIndexedAllTheSame() {
    orders.put(order(account, "v1-01").placed());
    producer.send(new ProducerRecord<>(topic, account + "/v1-01", "no notice"));
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEqualTo(1));
    await().atMost(SOON).untilAsserted(() -> assertThat(letters()).hasSize(1));
    assertThat(replay("").body().path("replayed").asInt()).isEqualTo(1);
    assertThat(letters()).isEmpty();
  }

  @Test
  void letterThatKafkaDoesNotTake_isWaitedForAndNotLost() throws Exception {
    producer.send(new ProducerRecord<>(topic, "x", "warm up"));
    await().atMost(SOON).untilAsserted(() -> assertThat(letters()).hasSize(1));
    largest(deadTopic, 1);
    orders.put(order(account, "v1-01").placed());
    producer.send(new ProducerRecord<>(topic, "x", "refused"));
    producer.send(new ProducerRecord<>(topic, account + "/v1-01", notice("v1-01")));
    var meters = service.bean(MeterRegistry.class);
    await().atMost(SOON).until(() -> meters.get("orders.ingest.paused").gauge().value() == 1);
    var committed = admin.listConsumerGroupOffsets("group-" + account).partitionsToOffsetAndMetadata().get().values().iterator().next();
    assertThat(committed.offset()).isEqualTo(1);
    largest(deadTopic, 1_000_000);
    await().atMost(SOON).untilAsserted(() -> assertThat(letters()).hasSize(2));
    await().atMost(SOON).untilAsserted(() -> assertThat(listed()).isEqualTo(1));
  }

  @Test
  void letterLargerThanAnyTopicTakes_isCutOff() throws Exception {
    largest(topic, 2_000_000);
    producer.send(new ProducerRecord<>(topic, "x", "y".repeat(1_500_000)));
    await().atMost(SOON).untilAsserted(() -> assertThat(letters()).hasSize(1));
    assertThat(letters().get(0).path("reason").asString()).endsWith("cut off, it had 1500000 bytes");
    assertThat(letters().get(0).path("value").asString()).hasSize(300);
  }

  @Test
  void withoutTheOperatorsToken_nothingIsTold() {
    assertThat(service.get(LETTERS, account).status()).isEqualTo(401);
    assertThat(service.operator("GET", LETTERS + "?limit=0", null).status()).isEqualTo(400);
  }

  private List<JsonNode> letters() {
    var answer = service.operator("GET", LETTERS, null);
    assertThat(answer.status()).isEqualTo(200);
    return StreamSupport.stream(answer.body().path("deadLetters").spliterator(), false).toList();
  }

  private SearchService.Answer replay(String body) {
    return service.operator("POST", LETTERS + "/replay", body);
  }

  private int listed() {
    return service.list(account, "").body().at("/paging/total").asInt();
  }

  private String notice(String orderId) {
    return TestOrders.notice(new OrderKey(account, orderId), 1, "order-created", Instant.now());
  }

  private void largest(String topic, int bytes) throws Exception {
    var set = new AlterConfigOp(new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set))).all().get();
  }
}
