package shop.orders.search.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.event;
import static shop.orders.search.TestOrders.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.Order;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;

/** One document that the index refuses, and one event that nobody can read, among many orders; {@code -Dpoison.orders=100000} for more of them. */
class PoisonIT {
  private static final Logger log = LoggerFactory.getLogger(PoisonIT.class);
  private static final int MANY = Integer.getInteger("poison.orders", 3_000);
  private static final Duration ALL_IN = Duration.ofSeconds(60).plusMillis(MANY * 10L);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String account = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String topic = "events-" + account;
  private final HeldOrders orders = new HeldOrders();
  private Admin admin;
  private KafkaProducer<String, String> producer;
  private SearchService service;

  @BeforeEach
  void begin() throws Exception {
    var kafka = TestServers.kafka().bootstrapServers();
    admin = Admin.create(Map.of("bootstrap.servers", kafka));
    admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1), new NewTopic(topic + ".dead", 3, (short) 1))).all().get();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer());
    service =
        SearchService.start(
            orders,
            kafka,
            TestServers.elasticsearch().uri(),
            List.of(account),
            "--orders.kafka.topic=" + topic,
            "--orders.search.ingest.group=group-" + account,
            "--orders.search.ingest.dead-topic=" + topic + ".dead");
  }

  @AfterEach
  void end() {
    service.close();
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }

  @Test
  void onePoisonAndOneUnreadableAmongMany_areFoundListedAndRepaired_andCostTheOthersNothing() {
    var clean = place("clean", MANY);
    log.info("{} orders without poison in the index after {}", MANY, clean);
    double before = written();

    var poison = order(account, "poison").total(4711, 1);
    orders.put(poison.poisoned().placed());
    orders.put(order(account, "unread").placed());
    var poisoned = place("other", MANY - 2, poison.placed().order());
    log.info("{} orders, one of them poison, and an unreadable event, in the index after {}", MANY, poisoned);
    assertThat(written() - before).as("each is written once, the poison as a skeleton").isEqualTo(MANY);
    assertThat(paused()).isZero();

    assertThat(list("?q=poison").at("/list/0/totalValue").asInt()).isEqualTo(4711);
    assertThat(list("?q=unread").at("/list").size()).isEqualTo(1);
    var problems = operator("GET", "/operator/search/problems?account=" + account, null).path("problems");
    assertThat(problems).hasSize(1);
    assertThat(problems.at("/0/order").asString()).isEqualTo(account + "/poison");
    assertThat(problems.at("/0/reason").asString()).contains("depth");
    var letters = operator("GET", "/operator/search/dead-letters", null).path("deadLetters");
    assertThat(letters).hasSize(1);
    assertThat(letters.at("/0/reason").asString()).startsWith("undecodable");

    orders.put(poison.with("customData", Map.of()).placed());
    assertThat(operator("POST", "/operator/search/retry", "{\"account\":\"" + account + "\"}").at("/results/0/outcome").asString()).isEqualTo("whole");
    await().atMost(SOON).until(() -> operator("GET", "/operator/search/problems?account=" + account, null).path("problems").isEmpty());
    assertThat(operator("POST", "/operator/search/dead-letters/replay", "").path("replayed").asInt()).isEqualTo(1);
    assertThat(operator("GET", "/operator/search/dead-letters", null).path("deadLetters")).isEmpty();
  }

  /** @return until all of them are in the list; {@code amidst} are told of half-way, and an event that cannot be read */
  private Duration place(String name, int count, Order... amidst) {
    var documents = order(account, "model").placed().documents();
    var begun = Instant.now();
    long before = listed();
    for (int i = 0; i < count; i++) {
      var placed = order(account, name + i).placed().order();
      orders.put(new HeldOrders.Held(placed, documents));
      tell(placed);
      if (i != count / 2 || amidst.length == 0) continue;
      for (var order : amidst) tell(order);
      producer.send(new ProducerRecord<>(topic, account + "/unread", "no notice"));
    }
    producer.flush();
    long wanted = before + count + (amidst.length == 0 ? 0 : amidst.length + 1);
    await().atMost(ALL_IN).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(listed()).isEqualTo(wanted));
    return Duration.between(begun, Instant.now());
  }

  private void tell(Order order) {
    producer.send(event(topic, order));
  }

  private double written() {
    return service.bean(MeterRegistry.class).get("orders.index.documents").tag("outcome", "written").counter().count();
  }

  private double paused() {
    return service.bean(MeterRegistry.class).get("orders.ingest.paused").gauge().value();
  }

  private long listed() {
    return list("").at("/paging/total").asLong();
  }

  private JsonNode list(String query) {
    var answer = service.list(account, query);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private JsonNode operator(String method, String path, String body) {
    var answer = service.operator(method, path, body);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }
}
