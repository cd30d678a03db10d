package shop.orders.search.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.localstack.server.Kafka;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.PlayedWorkflow;
import shop.orders.search.SearchService;
import shop.orders.testservers.TestServers;

/** What Kafka no longer has when it could be handled comes from the event log: exactly that, by itself, also over a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostEventsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int PARTITIONS = 3;

  private final Elasticsearch elasticsearch = new Elasticsearch(Elasticsearch.Settings.forTests(TestServers.privateDirectory()));
  private final Kafka kafka = new Kafka(Kafka.Settings.forTests(TestServers.privateDirectory()));
  private Admin admin;
  private String account;
  private String topic;
  private HeldOrders orders;
  private PlayedWorkflow workflow;
  private SearchService service;

  @BeforeAll
  void startServers() {
    kafka.start();
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @BeforeEach
  void begin() throws Exception {
    elasticsearch.start();
    elasticsearch.thaw(); // a test that failed in the middle is not to take the others with it
    account = "a" + UUID.randomUUID().toString().substring(0, 8);
    topic = "events-" + account;
    orders = new HeldOrders();
    makeTopic(Map.of());
    workflow = new PlayedWorkflow(orders, kafka.bootstrapServers(), topic, account);
    service = start();
  }

  @AfterEach
  void end() {
    service.close();
    workflow.close();
  }

  @AfterAll
  void stopServers() {
    admin.close(Duration.ZERO);
    elasticsearch.close();
    kafka.close();
  }

  private SearchService start(String... more) {
    var properties = new ArrayList<>(List.of(
        "--orders.kafka.topic=" + topic,
        "--orders.search.ingest.group=group-" + account,
        "--orders.search.index.answer-timeout=2s",
        "--orders.search.refill.every=1s",
        "--orders.search.ingest.save-every=1s",
        "--orders.search.refill.page=7"));
    properties.addAll(List.of(more));
    return SearchService.start(orders, kafka.bootstrapServers(), elasticsearch.uri(), List.of(account), properties.toArray(String[]::new));
  }

  @Test
  void elasticsearchAwayForLongerThanKafkaKeepsEvents_isRefilledFromTheLog() throws Exception {
    handle(0, 20);
    elasticsearch.kill();
    workflow.place("v", 20, 60);
    workflow.publish();
    awaitPaused();
    deleteAllRecords();
    workflow.place("v", 60, 70);
    workflow.publish();
    assertThat(workflow.handled()).isEqualTo(20);
    elasticsearch.start();
    awaitListed(70);
    awaitRefilled();
    // The window and nothing below it: events 20 to 70, or fewer if the later ones came from Kafka first.
    assertThat(refilled()).isBetween(40.0, 50.0);
  }

  @Test
  void realRetention_isRefilledFromTheLog() throws Exception {
    var oneSecond = new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(oneSecond))).all().get();
    handle(0, 20);
    elasticsearch.kill();
    workflow.place("v", 20, 60);
    workflow.publish();
    awaitPaused();
    await().atMost(Duration.ofSeconds(90)).until(() -> beginnings().equals(ends()));
    elasticsearch.start();
    awaitListed(60);
    awaitRefilled();
    assertThat(refilled()).isBetween(40.0, 60.0);
  }

  @Test
  void recordsGoneWhileTheServiceWasDown_areRefilledFromTheLog() throws Exception {
    handle(0, 20);
    service.close();
    workflow.place("v", 20, 60);
    workflow.publish();
    deleteAllRecords();
    service = start();
    awaitListed(60);
    awaitRefilled();
    assertThat(refilled()).isEqualTo(40);
  }

  @Test
  void topicDeletedAndMadeAgainWhileTheServiceWasDown_isRefilledFromTheLog() throws Exception {
    handle(0, 20);
    service.close();
    workflow.place("v", 20, 60);
    workflow.publish();
    remakeTopic();
    workflow.place("v", 60, 70);
    workflow.publish();
    service = start();
    awaitListed(70);
    awaitRefilled();
  }

  @Test
  void topicDeletedAndMadeAgainUnderALiveConsumer_isRefilledFromTheLog() throws Exception {
    handle(0, 20);
    elasticsearch.freeze();
    workflow.place("v", 20, 60);
    workflow.publish();
    awaitPaused();
    remakeTopic();
    workflow.place("v", 60, 200); // so that old offsets are in range again
    workflow.publish();
    elasticsearch.thaw();
    awaitListed(200);
    awaitRefilled();
  }

  @Test
  void committedOffsetsGone_isALossOnlyIfKafkaRemovedSomething() throws Exception {
    handle(0, 20);
    service.close();
    workflow.place("v", 20, 40);
    workflow.publish();
    admin.deleteConsumerGroups(List.of("group-" + account)).all().get();
    service = start();
    awaitListed(40);
    awaitHandled(40);
    assertThat(refilled()).isZero();
    service.close();
    workflow.place("v", 40, 60);
    workflow.publish();
    deleteAllRecords();
    admin.deleteConsumerGroups(List.of("group-" + account)).all().get();
    service = start();
    awaitListed(60);
    awaitRefilled();
    assertThat(refilled()).isEqualTo(20);
  }

  @Test
  void serviceGoneInMidRefill_goesOnWhereItWas() throws Exception {
    handle(0, 20);
    service.close();
    workflow.place("v", 20, 400);
    workflow.publish();
    deleteAllRecords();
    // The refill comes as far as this order and no farther, however long it takes to freeze a server.
    var frozen = new CountDownLatch(1);
    orders.slow(new OrderKey(account, "v-200"), frozen);
    service = start();
    await().atMost(SOON).until(() -> workflow.handled() > 20);
    elasticsearch.freeze();
    frozen.countDown();
    service.close();
    var done = workflow.handled();
    assertThat(done).isBetween(21L, 399L);
    assertThat(marked()).isTrue();
    elasticsearch.thaw();
    service = start();
    awaitListed(400);
    awaitRefilled();
    assertThat(refilled()).isEqualTo(400 - done);
  }

  /** Publishes orders and waits until they are handled and kept as such. */
  private void handle(int from, int to) {
    workflow.place("v", from, to);
    workflow.publish();
    awaitListed(to);
    awaitHandled(to);
  }

  private void awaitListed(int total) {
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(service.list(account, "").body().at("/paging/total").asInt()).isEqualTo(total));
  }

  private void awaitHandled(long position) {
    await().atMost(SOON).untilAsserted(() -> assertThat(workflow.handled()).isEqualTo(position));
  }

  private void awaitRefilled() {
    await().atMost(SOON).until(() -> !marked());
  }

  private boolean marked() {
    return orders.beside().cursors().read("-", "search/refill").orElseThrow().state().contains("\"why\":\"");
  }

  private double refilled() {
    return service.bean(MeterRegistry.class).get("orders.ingest.refill.events").counter().count();
  }

  private void awaitPaused() {
    var meters = service.bean(MeterRegistry.class);
    await().atMost(SOON).untilAsserted(() -> assertThat(meters.get("orders.ingest.paused").gauge().value()).isGreaterThanOrEqualTo(1));
  }

  private void makeTopic(Map<String, String> settings) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(settings))).all().get();
  }

  private void remakeTopic() throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    await().atMost(SOON).until(() -> !admin.listTopics().names().get().contains(topic));
    makeTopic(Map.of());
    await().atMost(SOON).ignoreExceptions().until(() -> ends().size() == PARTITIONS);
  }

  /** What retention does: the low watermark moves to the end. */
  private void deleteAllRecords() throws Exception {
    var delete = new HashMap<TopicPartition, RecordsToDelete>();
    ends().forEach((partition, end) -> delete.put(partition, RecordsToDelete.beforeOffset(end)));
    admin.deleteRecords(delete).all().get();
  }

  private Map<TopicPartition, Long> ends() throws Exception {
    return offsets(OffsetSpec.latest());
  }

  private Map<TopicPartition, Long> beginnings() throws Exception {
    return offsets(OffsetSpec.earliest());
  }

  private Map<TopicPartition, Long> offsets(OffsetSpec which) throws Exception {
    Set<TopicPartition> partitions = IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).collect(Collectors.toSet());
    var offsets = new HashMap<TopicPartition, Long>();
    admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> which))).all().get().forEach((p, info) -> offsets.put(p, info.offset()));
    return offsets;
  }
}
