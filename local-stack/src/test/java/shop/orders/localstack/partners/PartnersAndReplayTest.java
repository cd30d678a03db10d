package shop.orders.localstack.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.FakeOms;
import shop.orders.localstack.client.OmsClient;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.PlannedOrder;
import shop.orders.localstack.replay.Progress;
import shop.orders.localstack.replay.Replay;
import shop.orders.localstack.replay.ReplayOptions;
import shop.orders.localstack.replay.ReplayResult;

/** Replay and partners together, over HTTP, against an API that answers, and one that often does not. */
class PartnersAndReplayTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private FakeOms oms;
  private Partners.Running partners;

  @BeforeEach
  void start() throws Exception {
    oms = new FakeOms();
    partners = Partners.start("127.0.0.1", 0, oms.connection("erp"), oms.connection("carrier"), 8);
    await().until(() -> partners.erp().configured() && partners.carrier().configured());
  }

  @AfterEach
  void stop() {
    partners.close();
    oms.close();
  }

  @Test
  void replay_takesEveryOrderToItsEnd() throws Exception {
    var result = replay("calm", 100);
    assertThat(result.unfinished()).isEmpty();
    assertThat(result.placed()).isEqualTo(100);
    assertThat(result.atEnd()).isEqualTo(100);
    assertEndsOfGenerated(result, 100);
    assertThat(result.timeToEnd(0.5)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
    await().untilAsserted(() -> assertThat(oms.uncommitted()).isZero());
  }

  @Test
  void replay_goesOnThroughFailures_andNothingIsDoneTwice() throws Exception {
    oms.trouble(0.2, 0.1);
    var result = replay("rough", 60);
    assertThat(result.unfinished()).isEmpty();
    assertThat(oms.orders()).hasSize(60);
    assertEndsOfGenerated(result, 60);
    oms.trouble(0, 0);
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(oms.uncommitted()).isZero());
    assertThat(oms.orders()).allSatisfy(order -> assertThat(order.get("packageAttachment").get("packages").size()).isLessThan(2));
  }

  @Test
  void sameRun_placesNothingTwice() throws Exception {
    replay("again", 10);
    var result = replay("again", 10);
    assertThat(result.atEnd()).isEqualTo(10);
    assertThat(oms.orders()).hasSize(10);
  }

  @Test
  void feedThatIsGone_isSetUpAgain() throws Exception {
    oms.dropFeeds();
    var read = new OmsClient(oms.connection("erp"), Duration.ofSeconds(5));
    await().until(() -> read.get("/api/orders/feed?maxlot=1").ok());
    var carrier = new OmsClient(oms.connection("carrier"), Duration.ofSeconds(5));
    await().until(() -> carrier.get("/api/orders/feed?maxlot=1").ok());
    assertThat(replay("after", 5).unfinished()).isEmpty();
  }

  @Test
  void pausedErp_holdsItsOrdersOnly_untilItRunsAgain() throws Exception {
    var own = new OmsClient(new Connection(partners.server().getURI(), "demo", "k", "t"), Duration.ofSeconds(5));
    assertThat(own.put("/control", Map.of("erp", "paused")).body()).contains("\"erp\":\"paused\"");
    var options = new ReplayOptions("paused", 0, 4, 4, Duration.ofSeconds(2));
    var held = Replay.run(oms.connection("user"), new OrderGenerator(3, NOON).orders(5), options, Progress.silent());
    assertThat(held.unfinished()).isNotEmpty().allSatisfy(order -> assertThat(order.reason()).contains("ready-for-handling"));
    own.put("/control", Map.of("erp", "running"));
    var patient = new ReplayOptions("paused", 0, 4, 4, Duration.ofMinutes(1));
    assertThat(Replay.run(oms.connection("user"), new OrderGenerator(3, NOON).orders(5), patient, Progress.silent()).complete()).isTrue();
    assertThat(own.put("/control", Map.of("failRate", 2)).status()).isEqualTo(400);
    assertThat(own.get("/health").ok()).isTrue();
  }

  private ReplayResult replay(String run, int count) throws InterruptedException {
    // An event whose answer got lost comes again when its lease is over, and may get lost again.
    var options = new ReplayOptions(run, 0, 16, 8, FeedConsumer.LEASE.multipliedBy(4));
    return Replay.run(oms.connection("user"), new OrderGenerator(1, NOON).orders(count), options, Progress.silent());
  }

  private static void assertEndsOfGenerated(ReplayResult result, int count) {
    var wanted = new ArrayList<PlannedOrder>();
    new OrderGenerator(1, NOON).orders(count).forEach(wanted::add);
    assertThat(result.arrived()).isEqualTo(wanted.stream().collect(Collectors.groupingBy(PlannedOrder::end, Collectors.counting())));
  }
}
