package shop.orders.search.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.event;
import static shop.orders.search.TestOrders.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.localstack.server.Kafka;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.search.TestOrders;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;

/** From events in a real Kafka to lists from a real Elasticsearch, while either is killed, frozen, blocked or emptied. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestIT {
  private static final Duration SOON = Duration.ofSeconds(45);
  private static final String ACCOUNT = "demo";

  private final Elasticsearch elasticsearch = new Elasticsearch(Elasticsearch.Settings.forTests(TestServers.privateDirectory()));
  private final Kafka kafka = new Kafka(Kafka.Settings.forTests(TestServers.privateDirectory()));
  private final HeldOrders orders = new HeldOrders();
  private final String topic = "orders.events";
  private KafkaProducer<String, String> producer;
  private SearchService service;
  private String mark;

  @BeforeAll
  void startServers() throws Exception {
    kafka.start();
    elasticsearch.start();
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1))).all().get();
    }
    var properties = new HashMap<String, Object>();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("linger.ms", 0);
    producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    service = start();
  }

  @BeforeEach
  void newMark() {
    mark = "m" + UUID.randomUUID().toString().substring(0, 8);
  }

  @AfterEach
  void everythingRuns() {
    elasticsearch.thaw();
    elasticsearch.start();
    orders.away(false);
  }

  @AfterAll
  void stopServers() {
    service.close();
    producer.close(Duration.ZERO);
    elasticsearch.close();
    kafka.close();
  }

  private SearchService start() {
    return SearchService.start(
        orders, kafka.bootstrapServers(), elasticsearch.uri(), List.of(ACCOUNT), "--orders.search.ingest.absent-patience=2s", "--orders.search.index.search-timeout=2s");
  }

  @Test
  void events_becomeRows() {
    place(0, 300);
    awaitListed(300);
  }

  @Test
  void severalEventsOfOneOrder_endInItsNewestState() {
    var placed = order(ACCOUNT, mark + "-01").placed();
    orders.put(placed);
    tell(placed.order());
    var next = TestOrders.next(placed.order(), OrderStatus.ON_ORDER_COMPLETED);
    orders.put(new HeldOrders.Held(next, placed.documents()));
    tell(next);
    tell(placed.order()); // late and doubled
    await().atMost(SOON).untilAsserted(() -> assertThat(row(mark + "-01").path("status").asString()).isEqualTo("on-order-completed"));
  }

  @Test
  void elasticsearchKilled_catchesUpByItself() {
    place(0, 20);
    awaitListed(20);
    elasticsearch.kill();
    place(20, 60);
    awaitPaused();
    elasticsearch.start();
    awaitListed(60);
  }

  @Test
  void elasticsearchFrozen_catchesUpByItself() {
    place(0, 20);
    awaitListed(20);
    elasticsearch.freeze();
    place(20, 60);
    var asked = Instant.now();
    var answer = service.list(ACCOUNT, "?q=" + mark);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body().at("/error/code").asString()).isEqualTo("OMS503");
    assertThat(answer.headers().get("Retry-After")).isNotEmpty();
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10)); // of which two are the list's
    awaitPaused();
    elasticsearch.thaw();
    awaitListed(60);
  }

  @Test
  void readOnlyIndex_catchesUpByItselfOnceWritable() {
    place(0, 20);
    awaitListed(20);
    settings("{\"index.blocks.read_only_allow_delete\": true}");
    place(20, 60);
    awaitPaused();
    settings("{\"index.blocks.read_only_allow_delete\": null}");
    awaitListed(60);
  }

  @Test
  void indexDeletedInMidStream_comesBackWithEverything() throws Exception {
    place(0, 20);
    awaitListed(20);
    var threads = Executors.newSingleThreadExecutor();
    Future<?> stream = threads.submit(() -> place(20, 400));
    es(HttpMethod.DELETE, "/orders-g1-2026q4", null);
    stream.get(60, TimeUnit.SECONDS);
    threads.shutdown();
    place(400, 500);
    awaitListed(500); // with those that were in it before, and whose events will never come again
    assertThat(es(HttpMethod.GET, "/orders-g1-2026q4/_mapping", null)).contains("\"dynamic\":\"false\"").contains("flattened");
  }

  @Test
  void storeAway_isWaitedFor() {
    orders.away(true);
    place(0, 30);
    awaitPaused();
    orders.away(false);
    awaitListed(30);
  }

  @Test
  void poisonOrder_isFoundAsSkeletonAndHoldsNobodyUp() {
    place(0, 10);
    var poisoned = order(ACCOUNT, mark + "-poison").total(4711, 1).poisoned().placed();
    orders.put(poisoned);
    tell(poisoned.order());
    place(10, 20);
    awaitListed(21);
    assertThat(row(mark + "-poison").path("totalValue").asLong()).isEqualTo(4711);
  }

  @Test
  void undecodableRecord_goesToTheDeadTopicAndHoldsNobodyUp() {
    place(0, 10);
    producer.send(new ProducerRecord<>(topic, "k", "not a notice " + mark));
    producer.send(new ProducerRecord<>(topic, "k", null));
    producer.send(new ProducerRecord<>(topic, "k", "{\"account\":\"NO ACCOUNT\",\"orderId\":\"x\",\"version\":1,\"status\":\"s\",\"at\":\"2026-01-01T00:00:00Z\"}"));
    place(10, 20);
    awaitListed(20);
    assertThat(deadLetter("not a notice " + mark)).startsWith("undecodable: ");
  }

  @Test
  void eventOfAnOrderTheStoreDoesNotHave_isSetAsideAfterAWhile() {
    var ghost = order(ACCOUNT, mark + "-ghost").placed().order();
    tell(ghost);
    place(0, 10);
    awaitListed(10);
    assertThat(deadLetter(mark + "-ghost")).startsWith("absent: ");
  }

  /** As after a store was set back to an older copy: each batch of them would wait as long as one. */
  @Test
  void oldEventsOfOrdersTheStoreDoesNotHave_holdUpNothing() {
    var sent = Instant.now().minusSeconds(60).toEpochMilli();
    for (int i = 0; i < 2_000; i++) {
      var ghost = order(ACCOUNT, mark + "-old" + i).placed().order();
      producer.send(new ProducerRecord<>(topic, 0, sent, ghost.key().toString(), event(topic, ghost).value()));
    }
    place(0, 10);
    await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> total("") == 10);
  }

  @Test
  void serviceStoppedWhileElasticsearchIsDown_losesNothing() {
    elasticsearch.kill();
    place(0, 40);
    awaitPaused();
    service.close();
    elasticsearch.start();
    service = start();
    awaitListed(40);
  }

  private void place(int from, int to) {
    IntStream.range(from, to)
        .forEach(
            i -> {
              var held = order(ACCOUNT, mark + "-" + i).at("2026-11-20T12:00:00Z").total(100 + i, 1).placed();
              orders.put(held);
              tell(held.order());
            });
    producer.flush();
  }

  private void tell(Order order) {
    producer.send(event(topic, order));
  }

  private long total(String more) {
    var answer = service.list(ACCOUNT, "?q=" + mark + more);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().at("/paging/total").asLong();
  }

  private void awaitListed(int orders) {
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(total("")).isEqualTo(orders));
  }

  private JsonNode row(String orderId) {
    return service.list(ACCOUNT, "?q=" + orderId).body().at("/list/0");
  }

  private void awaitPaused() {
    var meters = service.bean(MeterRegistry.class);
    await().atMost(SOON).untilAsserted(() -> assertThat(meters.get("orders.ingest.paused").gauge().value()).isGreaterThanOrEqualTo(1));
  }

  private void settings(String json) {
    es(HttpMethod.PUT, "/orders-g1-2026q4/_settings", json);
  }

  private String es(HttpMethod method, String path, String body) {
    var request = RestClient.create(elasticsearch.uri().toString()).method(method).uri(path);
    if (body != null) request.contentType(MediaType.APPLICATION_JSON).body(body);
    return request.retrieve().body(String.class);
  }

  /** @return the reason of the dead letter whose value has {@code text} in it */
  private String deadLetter(String text) {
    var properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("group.id", "test-" + UUID.randomUUID());
    properties.put("auto.offset.reset", "earliest");
    try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("orders.events.dead"));
      var found = new String[1];
      await()
          .atMost(SOON)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record -> {
                          if (record.value() != null && record.value().contains(text)) {
                            found[0] = new String(record.headers().lastHeader("reason").value(), StandardCharsets.UTF_8);
                          }
                        });
                return found[0] != null;
              });
      return found[0];
    }
  }
}
