package shop.orders.search.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.localstack.server.Kafka;
import shop.orders.search.HeldOrders;
import shop.orders.search.PlayedWorkflow;
import shop.orders.search.SearchService;
import shop.orders.testservers.TestServers;

/** No list ever claims to be fresher than it is, and each becomes fresh again by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreshnessIT {
  private static final Logger log = LoggerFactory.getLogger(FreshnessIT.class);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** What search allows the relay. */
  private static final Duration RELAY = Duration.ofSeconds(2);

  private final Elasticsearch elasticsearch = new Elasticsearch(Elasticsearch.Settings.forTests(TestServers.privateDirectory()));
  private final Kafka kafka = new Kafka(Kafka.Settings.forTests(TestServers.privateDirectory()));
  private String account;
  private PlayedWorkflow workflow;
  private SearchService service;

  /** Servers that a test killed come back. */
  @BeforeEach
  void begin() throws Exception {
    kafka.start();
    elasticsearch.start();
    account = "a" + UUID.randomUUID().toString().substring(0, 8);
    var topic = "events-" + account;
    var orders = new HeldOrders();
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1))).all().get();
    }
    workflow = new PlayedWorkflow(orders, kafka.bootstrapServers(), topic, account);
    service =
        SearchService.start(
            orders,
            kafka.bootstrapServers(),
            elasticsearch.uri(),
            List.of(account),
            "--orders.kafka.topic=" + topic,
            "--orders.search.ingest.group=group-" + account,
            "--orders.search.freshness.relay=" + RELAY.toSeconds() + "s",
            "--orders.search.index.answer-timeout=2s"); // so that a frozen server is noticed; a busy machine may exceed it too, and then nothing is claimed
  }

  @AfterEach
  void end() {
    service.close();
    workflow.close();
  }

  @AfterAll
  void stopServers() {
    elasticsearch.close();
    kafka.close();
  }

  @Test
  void freshness_isOldWhileSomethingStandsStill_andNowAfterwards() {
    workflow.place("v", 0, 5);
    workflow.publish();
    awaitFresh();

    workflow.place("held", 0, 1); // in the log and not in Kafka
    var unpublished = Instant.now();
    awaitOlderThanSixSeconds(unpublished);
    workflow.publish();
    awaitFresh();

    elasticsearch.freeze();
    workflow.place("frozen", 0, 1);
    workflow.publish();
    var frozen = Instant.now();
    await().atMost(SOON).until(() -> Duration.between(frozen, Instant.now()).compareTo(Duration.ofSeconds(8)) > 0);
    elasticsearch.thaw();
    awaitFresh();

    kafka.kill();
    workflow.place("away", 0, 1);
    awaitOlderThanSixSeconds(Instant.now());
  }

  @Test
  void idleWithoutKafka_isFreshAllTheSame() {
    workflow.place("v", 0, 5);
    workflow.publish();
    awaitFresh();
    kafka.kill();
    var later = Instant.now().plusSeconds(6);
    await().atMost(SOON).until(() -> freshAsOf().filter(later::isBefore).isPresent());
  }

  /** @param relayedAt when it was in the event log, for certain */
  private record Decided(Instant at, Instant relayedAt) {
    boolean isRelayedInTime() {
      return !relayedAt.isAfter(at.plus(RELAY));
    }
  }

  @Test
  void everyAnswer_holdsWhatWasDecidedBeforeItSaysItIsFresh() throws Exception {
    var decided = new ConcurrentLinkedQueue<Decided>();
    var running = new AtomicBoolean(true);
    var threads = Executors.newFixedThreadPool(3);
    var random = new Random(1);
    var relaying =
        threads.submit(
            () -> {
              for (int i = 0; running.get(); i++) {
                var at = Instant.now();
                var order = workflow.decide("v-" + i);
                rest(random.nextInt(20) == 0 ? 1_200 : random.nextInt(30)); // the relay hangs now and then
                workflow.relay(order, at);
                decided.add(new Decided(at, Instant.now()));
              }
            });
    var publishing =
        threads.submit(
            () -> {
              while (running.get()) {
                rest(random.nextInt(15) == 0 ? 2_500 : 25);
                workflow.publish();
              }
            });
    var freezing =
        threads.submit(
            () -> {
              while (running.get()) {
                rest(7_000);
                elasticsearch.freeze();
                rest(3_000);
                elasticsearch.thaw();
              }
            });
    var until = Instant.now().plusSeconds(45);
    int answers = 0;
    int known = 0;
    var youngest = Duration.ofDays(1);
    while (Instant.now().isBefore(until)) {
      var asked = Instant.now();
      var answer = ask();
      rest(50);
      if (answer == null || answer.status() != 200) continue;
      answers++;
      var said = answer.body().at("/search/freshAsOf");
      if (said.isNull()) continue;
      known++;
      var freshAsOf = Instant.parse(said.asString());
      var due = decided.stream().filter(each -> each.isRelayedInTime() && each.at().isBefore(freshAsOf)).count();
      assertThat(answer.body().at("/paging/total").asLong()).as("decided before " + freshAsOf + ", asked at " + asked).isGreaterThanOrEqualTo(due);
      var age = Duration.between(freshAsOf, asked);
      if (age.compareTo(youngest) < 0) youngest = age;
    }
    running.set(false);
    for (var each : List.of(relaying, publishing, freezing)) each.get(SOON.toSeconds(), TimeUnit.SECONDS);
    threads.shutdown();
    log.info("{} answers, {} with freshness, the youngest {} old; {} orders", answers, known, youngest, decided.size());
    assertThat(known).isGreaterThan(50);
    assertThat(decided.stream().filter(Decided::isRelayedInTime).count()).as("that it holds for").isGreaterThan(decided.size() / 2);
    assertThat(youngest).isLessThan(Duration.ofSeconds(6));
    elasticsearch.thaw();
    workflow.publish();
    awaitFresh();
    assertThat(service.list(account, "").body().at("/paging/total").asInt()).isEqualTo(decided.size());
  }

  /** Null if a machine that is too busy gives no answer at all: nothing was claimed. */
  private SearchService.@Nullable Answer ask() {
    try {
      return service.list(account, "?per_page=1");
    } catch (UncheckedIOException e) {
      log.info("no answer: {}", e.toString());
      return null;
    }
  }

  /** As of a moment after this call. */
  private void awaitFresh() {
    var now = Instant.now();
    await().atMost(SOON).until(() -> freshAsOf().filter(now::isBefore).isPresent());
  }

  private void awaitOlderThanSixSeconds(Instant decided) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              var asked = Instant.now();
              var claimed = freshAsOf();
              claimed.ifPresent(asOf -> assertThat(asOf).isBeforeOrEqualTo(decided));
              return claimed.isPresent() && asked.isAfter(decided.plusSeconds(6));
            });
  }

  /** Empty if there is no list, which claims nothing. */
  private Optional<Instant> freshAsOf() {
    var answer = ask();
    if (answer == null || answer.status() != 200) return Optional.empty();
    var header = answer.headers().get("X-Search-Fresh-As-Of").get(0);
    assertThat(answer.headers().get("X-Search-Complete-Since")).isNotEmpty();
    assertThat(answer.body().at("/search/freshAsOf").asString("unknown")).isEqualTo(header);
    return Optional.of(header.equals("unknown") ? Instant.EPOCH : Instant.parse(header));
  }

  private static void rest(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
