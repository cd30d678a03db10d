package shop.orders.search.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.event;
import static shop.orders.search.TestOrders.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.search.TestOrders;
import shop.orders.testservers.TestServers;

/** What events cost, and that neither a rebalance nor a long wait loses or upsets any. */
class IngestPaceIT {
  private static final int PARTITIONS = 6;

  /** Less than the consumer gathers for. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(550);

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<OrderStatus> WAY = List.of(OrderStatus.ON_ORDER_COMPLETED, OrderStatus.PAYMENT_PENDING, OrderStatus.APPROVE_PAYMENT, OrderStatus.PAYMENT_APPROVED);

  private final String account = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String topic = "events-" + account;
  private final String group = "group-" + account;
  private final HeldOrders orders = new HeldOrders();
  private final List<SearchService> services = new ArrayList<>();
  private Admin admin;
  private KafkaProducer<String, String> producer;

  @BeforeEach
  void begin() throws Exception {
    var kafka = TestServers.kafka().bootstrapServers();
    admin = Admin.create(Map.of("bootstrap.servers", kafka));
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka, "linger.ms", 0), new StringSerializer(), new StringSerializer());
  }

  @AfterEach
  void end() {
    services.forEach(SearchService::close);
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }

  private SearchService start(URI elasticsearch, String... more) {
    var properties = new ArrayList<>(List.of("--orders.kafka.topic=" + topic, "--orders.search.ingest.group=" + group));
    properties.addAll(List.of(more));
    var service = SearchService.start(orders, TestServers.kafka().bootstrapServers(), elasticsearch, List.of(account), properties.toArray(String[]::new));
    services.add(service);
    return service;
  }

  @Test
  void fiftyEventsOfOneOrderAtOnce_areTwoIndexOperationsAtMost() throws Exception {
    var service = start(TestServers.elasticsearch().uri());
    warmUp(service);
    bursts(1, Duration.ZERO, service);
  }

  @Test
  void fiftyEventsOfOneOrderInHalfASecond_areTwoIndexOperationsAtMost() throws Exception {
    var service = start(TestServers.elasticsearch().uri());
    warmUp(service);
    bursts(5, Duration.ofMillis(10), service);
  }

  /** A busy machine may take longer to send one: that is another burst, of which nothing is claimed. */
  private void bursts(int wanted, Duration apart, SearchService service) throws Exception {
    int inTime = 0;
    for (int tries = 0; inTime < wanted && tries < 20; tries++) if (burst(apart, service).compareTo(HALF_A_SECOND) < 0) inTime++;
    assertThat(inTime).as("bursts sent within half a second").isPositive();
  }

  /** @return how long sending took */
  private Duration burst(Duration apart, SearchService service) throws Exception {
    var before = operations(service);
    var id = "burst-" + UUID.randomUUID().toString().substring(0, 8);
    var held = order(account, id).placed();
    var begun = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      if (i > 0) held = new HeldOrders.Held(noted(held.order()), held.documents());
      orders.put(held);
      tell(held.order());
      var next = begun + (i + 1) * apart.toNanos();
      while (System.nanoTime() < next) LockSupport.parkNanos(next - System.nanoTime());
    }
    producer.flush();
    var spread = Duration.ofNanos(System.nanoTime() - begun);
    await().atMost(SOON).until(() -> committedAll());
    if (spread.compareTo(HALF_A_SECOND) < 0) assertThat(operations(service) - before).as("operations of a burst that took " + spread).isBetween(1.0, 2.0);
    return spread;
  }

  @Test
  void instanceThatJoinsAndLeaves_losesAndUpsetsNothing() throws Exception {
    var elasticsearch = TestServers.elasticsearch().uri();
    var stays = start(elasticsearch);
    warmUp(stays);
    var placed = new AtomicInteger();
    var running = new AtomicBoolean(true);
    var traffic = Executors.newSingleThreadExecutor();
    var sending =
        traffic.submit(
            () -> {
              while (running.get()) {
                var held = order(account, "r-" + placed.getAndIncrement()).placed();
                orders.put(held);
                tell(held.order());
                for (var status : WAY) {
                  held = new HeldOrders.Held(TestOrders.next(held.order(), status), held.documents());
                  orders.put(held);
                  tell(held.order());
                  LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
                }
              }
            });
    for (int i = 0; i < 2; i++) {
      var joins = start(elasticsearch);
      await().atMost(SOON).until(() -> members().size() == 6);
      services.remove(joins);
      joins.close();
      await().atMost(SOON).until(() -> members().size() == 3);
    }
    running.set(false);
    sending.get(60, TimeUnit.SECONDS);
    traffic.shutdown();
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(total(stays, "?f_status=payment-approved")).isEqualTo(placed.get()));
    assertThat(total(stays, "")).isEqualTo(placed.get() + 1);
  }

  @Test
  void waitLongerThanMaxPollInterval_keepsItsMembership() throws Exception {
    try (var elasticsearch = new Elasticsearch(Elasticsearch.Settings.forTests(TestServers.privateDirectory()))) {
      elasticsearch.start();
      var service = start(elasticsearch.uri(), "--spring.kafka.consumer.properties[max.poll.interval.ms]=10000", "--orders.search.index.answer-timeout=1s");
      warmUp(service);
      var members = members();
      elasticsearch.freeze();
      for (int i = 0; i < 30; i++) {
        var held = order(account, "w-" + i).placed();
        orders.put(held);
        tell(held.order());
      }
      var frozen = Instant.now();
      await().atMost(SOON).until(() -> service.bean(MeterRegistry.class).get("orders.ingest.paused").gauge().value() >= 1);
      await().atMost(SOON).until(() -> {
        assertThat(members()).isEqualTo(members);
        return Duration.between(frozen, Instant.now()).compareTo(Duration.ofSeconds(22)) > 0;
      });
      elasticsearch.thaw();
      await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(total(service, "?q=w")).isEqualTo(30));
      assertThat(members()).isEqualTo(members);
      services.forEach(SearchService::close);
      services.clear();
    }
  }

  /** The first document makes the index and the consumer joins its group: neither belongs to what is counted. A fill may list it before its event is handled. */
  private void warmUp(SearchService service) {
    var held = order(account, "first").placed();
    orders.put(held);
    tell(held.order());
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(total(service, "")).isEqualTo(1));
    await().atMost(SOON).ignoreExceptions().until(() -> members().size() == 3 && committedAll());
  }

  private static Order noted(Order order) {
    return Decision.on(order, UUID.randomUUID(), order.changedAt().plusMillis(1), "system").record(new Change.Noted("test", "again")).result();
  }

  private void tell(Order order) {
    producer.send(event(topic, order));
  }

  private static double operations(SearchService service) {
    return service.bean(MeterRegistry.class).get("orders.index.documents").counters().stream().mapToDouble(c -> c.count()).sum();
  }

  /** Of each partition, also of one that nothing is committed of yet. */
  private boolean committedAll() throws Exception {
    var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    var partitions = IntStream.range(0, PARTITIONS).mapToObj(number -> new TopicPartition(topic, number));
    var ends = admin.listOffsets(partitions.collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()))).all().get();
    return ends.entrySet().stream().allMatch(end -> offset(committed.get(end.getKey())) >= end.getValue().offset());
  }

  private static long offset(@Nullable OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }

  private Set<String> members() throws Exception {
    var described = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
    return described.members().stream().map(MemberDescription::consumerId).collect(Collectors.toSet());
  }

  private int total(SearchService service, String query) {
    var answer = service.list(account, query);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().at("/paging/total").asInt();
  }
}
