package shop.orders.web.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shop.orders.store.TestClock;
import shop.orders.web.status.CanaryStage;
import shop.orders.web.status.Measures;
import shop.orders.web.status.Reading;

class CanaryRoundsTest {
  private static final Instant START = Instant.parse("2026-11-25T21:00:00Z");
  private static final String RIGHT = "{\"filter\":{\"type\":\"FromWorkflow\",\"status\":[\"ready-for-handling\"]},\"queue\":{\"visibilityTimeoutInSeconds\":20}}";

  private final TestClock clock = new TestClock(START);
  private final Measures measures = new Measures(clock);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeShop shop = new FakeShop();
  private final CanaryRounds rounds = rounds(false);

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void orderThatGetsThrough_isToldByEveryStage() throws InterruptedException {
    rounds.round();
    assertThat(shop.status()).isEqualTo("invoiced");
    assertThat(shop.events).as("committed").isEmpty();
    for (var stage : CanaryStage.values()) {
      assertThat(told(stage)).contains(new Reading(START, null, START, null));
      assertThat(timed(stage, "passed")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(CanaryStage.class)
  void brokenStage_isBlamedAlone_andItsOrderCanceled(CanaryStage stage) throws InterruptedException {
    rounds.round();
    shop.broken.add(stage);
    clock.advance(FakeShop.EVERY);
    rounds.round();

    var failed = told(stage).orElseThrow();
    assertThat(failed.oldestOpen()).isEqualTo(START);
    assertThat(failed.lastDone()).isEqualTo(START);
    assertThat(failed.note()).isNotBlank().doesNotContain("127.0.0.1", FakeShop.KEY);
    assertThat(timed(stage, "failed")).isEqualTo(1);
    before(stage).forEach(other -> assertThat(told(other)).as("%s is well", other).contains(new Reading(clock.instant(), null, clock.instant(), null)));
    after(stage).forEach(other -> assertThat(told(other)).as("%s had no turn", other).isEmpty());
    assertThat(shop.status()).isEqualTo(stage == CanaryStage.INTAKE || stage == CanaryStage.SEARCH ? "invoiced" : "canceled");

    shop.broken.clear();
    rounds.round();
    assertThat(shop.status()).isEqualTo("invoiced");
    assertThat(shop.events).as("what the broken round left").isEmpty();
    for (var each : CanaryStage.values()) assertThat(told(each)).contains(new Reading(clock.instant(), null, clock.instant(), null));
  }

  @Test
  void stageThatFailsWhenOthersDoNot_isNotForgottenMeanwhile() throws InterruptedException {
    rounds.round();
    for (int round = 0; round < 3; round++) {
      broken(CanaryStage.FEED);
      broken(CanaryStage.SEARCH);
    }
    assertThat(told(CanaryStage.SEARCH).orElseThrow().oldestOpen()).as("three rounds were lost at the feed").isEqualTo(START.plus(FakeShop.EVERY.multipliedBy(3)));
  }

  @Test
  void orderThatIsDenied_isToldAtOnce() throws InterruptedException {
    shop.denies = true;
    rounds.round();
    assertThat(told(CanaryStage.ANTIFRAUD).orElseThrow().note()).isEqualTo("the order is canceled");
    assertThat(told(CanaryStage.FEED)).isEmpty();
  }

  @Test
  void orderThatNobodyJudges_isGivenUp() throws InterruptedException {
    shop.hasAntifraud = false;
    var round = lasting(Duration.ofSeconds(5));
    round.pass(CanaryStage.INTAKE);
    assertThatThrownBy(() -> round.pass(CanaryStage.ANTIFRAUD)).isInstanceOf(StageFailed.class);
    assertThat(shop.asked).as("asked again and again").filteredOn("GET /api/oms/pvt/orders/C0"::equals).hasSizeGreaterThan(1);
    round.giveUp();
    await().untilAsserted(() -> assertThat(shop.status()).isEqualTo("canceled"));
  }

  @Test
  void accountWithoutAntifraud_isPaidByTheCanary() throws InterruptedException {
    shop.hasAntifraud = false;
    rounds(true).round();
    assertThat(shop.status()).isEqualTo("invoiced");
  }

  @Test
  void whatABrokenOffRoundLeft_isCanceledWhenItIsHeardOf() throws InterruptedException {
    shop.orders.put("left", "ready-for-handling");
    shop.events.add("left");
    rounds.round();
    assertThat(shop.orders).containsEntry("left", "canceled");
    assertThat(shop.status()).isEqualTo("invoiced");
    assertThat(shop.events).isEmpty();
  }

  @Test
  void newFeed_beginsWithTheRound_andIsSetOnce() throws InterruptedException {
    rounds.round();
    rounds.round();
    assertThat(shop.configured).hasSize(1);
    assertThat(shop.configured.get(0).path("from").path("date").asString()).isEqualTo(START.toString());
  }

  @Test
  void feedThatIsThere_isLeftAloneIfItIsRight_andSetIfNot() throws InterruptedException {
    shop.config = RIGHT;
    rounds.round();
    assertThat(shop.configured).isEmpty();
    shop.config = RIGHT.replace("ready-for-handling", "invoiced");
    rounds.round();
    assertThat(shop.configured).singleElement().satisfies(sent -> assertThat(sent.has("from")).as("a feed that is there is sent nowhere").isFalse());
    rounds.round();
    assertThat(shop.configured).hasSize(1);
  }

  @Test
  void shopThatHangs_orIsNotThere_isGivenUpInTime() {
    shop.hangs = true;
    assertThatThrownBy(() -> lasting(Duration.ofMillis(300)).pass(CanaryStage.INTAKE)).isInstanceOf(StageFailed.class).hasMessage("POST /api/oms/pvt/orders is not answered in time");
    assertThatThrownBy(() -> lasting(Duration.ZERO).pass(CanaryStage.INTAKE)).isInstanceOf(StageFailed.class).hasMessage("it takes too long");
    shop.close();
    assertThatThrownBy(() -> lasting(FakeShop.EVERY).pass(CanaryStage.INTAKE)).isInstanceOf(StageFailed.class).hasMessage("POST /api/oms/pvt/orders finds nobody who listens");
  }

  @Test
  void whoSendsNoMore_tellsNothing() throws InterruptedException {
    rounds.round();
    rounds.rest();
    for (var stage : CanaryStage.values()) assertThat(told(stage)).isEmpty();
  }

  private CanaryRounds rounds(boolean notifyPayment) {
    return new CanaryRounds(shop.properties(notifyPayment), measures, meters, clock);
  }

  private Round lasting(Duration time) {
    return new Round(new CanaryApi(shop.properties(false)), false, START, time);
  }

  private void broken(CanaryStage stage) throws InterruptedException {
    clock.advance(FakeShop.EVERY);
    shop.broken.add(stage);
    rounds.round();
    shop.broken.clear();
  }

  private Optional<Reading> told(CanaryStage stage) {
    return measures.of(stage.measure()).reading();
  }

  private long timed(CanaryStage stage, String outcome) {
    return meters.get("orders.canary.stage").tags("stage", stage.word(), "outcome", outcome).timer().count();
  }

  private static List<CanaryStage> before(CanaryStage stage) {
    return Arrays.stream(CanaryStage.values()).filter(each -> each.compareTo(stage) < 0).toList();
  }

  private static List<CanaryStage> after(CanaryStage stage) {
    return Arrays.stream(CanaryStage.values()).filter(each -> each.compareTo(stage) > 0).toList();
  }
}
