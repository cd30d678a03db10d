package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.orders.search.rebuild.Rebuild.Pressure;

class ThrottleTest {
  private static final Limits LIMITS = new Limits(new Latency(25, 50), 1_000);

  @Test
  void slowWorkflow_takesTheShareDownFast_andItComesUpSlowly() {
    var throttle = new Throttle(1, LIMITS, false);
    throttle.measured(slow(51), Optional.empty());
    throttle.measured(slow(200), Optional.empty());
    assertThat(throttle.now().share()).isBetween(0.48, 0.5);
    throttle.measured(slow(50), Optional.empty());
    assertThat(throttle.now().share()).isBetween(0.53, 0.55);
    for (int i = 0; i < 20; i++) throttle.measured(slow(1_000), Optional.empty());
    assertThat(throttle.now().share()).as("it never stands still").isEqualTo(0.05);
    for (int i = 0; i < 100; i++) throttle.measured(Optional.empty(), Optional.empty());
    assertThat(throttle.now().share()).as("nothing goes on, so nobody is disturbed").isEqualTo(1);
  }

  @Test
  void smallShare_takesFewOrdersAtOnce() {
    var throttle = new Throttle(1, LIMITS, false);
    assertThat(throttle.atOnce(1_000)).isEqualTo(1_000);
    throttle.measured(slow(1_000), Optional.empty());
    assertThat(throttle.atOnce(1_000)).isEqualTo(500);
    for (int i = 0; i < 20; i++) throttle.measured(slow(1_000), Optional.empty());
    assertThat(throttle.atOnce(1_000)).isEqualTo(200);
    assertThat(throttle.atOnce(1)).isEqualTo(1);
  }

  @Test
  void whereTheWorkflowWorks_itBeginsLow() {
    var throttle = new Throttle(0.5, LIMITS, true);
    assertThat(throttle.now().share()).isEqualTo(0.1);
    for (int i = 0; i < 100; i++) throttle.measured(slow(10), Optional.empty());
    assertThat(throttle.now().share()).isEqualTo(0.5);
  }

  @Test
  void slowMiddle_takesTheShareDownAsWell() {
    var throttle = new Throttle(1, LIMITS, false);
    throttle.measured(Optional.of(new Latency(26, 50)), Optional.empty());
    assertThat(throttle.now().share()).isEqualTo(0.7);
  }

  @Test
  void slowLists_takeTheShareDown_butNotBelowHalf() {
    var throttle = new Throttle(0.8, LIMITS, false);
    throttle.measured(slow(10), Optional.of(1_001L));
    assertThat(throttle.now().share()).isBetween(0.55, 0.57);
    for (int i = 0; i < 100; i++) throttle.measured(slow(10), Optional.of(2_500L));
    assertThat(throttle.now().share()).as("they are whole again only after it").isEqualTo(0.4);
    throttle.measured(slow(51), Optional.of(2_500L));
    assertThat(throttle.now().share()).as("the workflow goes first").isBetween(0.27, 0.29);
    throttle.measured(slow(10), Optional.of(2_500L));
    assertThat(throttle.now().share()).as("not up while lists are slow").isBetween(0.27, 0.29);
    for (int i = 0; i < 100; i++) throttle.measured(slow(10), Optional.of(1_000L));
    assertThat(throttle.now().share()).isEqualTo(0.8);
  }

  @Test
  void whatStaysSlowThoughHardlyAnythingIsDone_isNotTheRebuildsFault_forFiveMinutes() {
    var throttle = new Throttle(1, LIMITS, false);
    for (int i = 0; i < 20; i++) throttle.measured(slow(i % 5 == 0 ? 50 : 80), Optional.empty());
    assertThat(throttle.now().share()).isLessThanOrEqualTo(0.1);
    for (int i = 0; i < 120; i++) throttle.measured(slow(120), Optional.empty());
    assertThat(throttle.now().share()).isEqualTo(1);
    for (int i = 0; i < 40; i++) throttle.measured(slow(120), Optional.empty());
    assertThat(throttle.now().share()).as("five minutes are over").isLessThan(0.5);
  }

  @Test
  void whatIsSlowerThanThreeTimesTheLimit_isNotBorne_whosoeverFaultItIs() {
    var throttle = new Throttle(1, LIMITS, false);
    for (int i = 0; i < 1_000; i++) throttle.measured(slow(151), Optional.empty());
    assertThat(throttle.now().share()).isEqualTo(0.05);
  }

  @Test
  void whatIsGoneOnWith_isHeldToWhatItWasHeldTo() {
    assertThat(Throttle.goingOn(1, LIMITS, null).now()).isEqualTo(new Pressure(0.2, null, 50, null, 25L, null, 1_000L));
    var before = new Throttle(1, new Limits(new Latency(60, 150), 1_800), false);
    before.measured(slow(20), Optional.of(7L));
    assertThat(before.now()).isEqualTo(new Pressure(1, 20L, 150, 1L, 60L, 7L, 1_800L));
    assertThat(Throttle.goingOn(1, LIMITS, before.now()).now()).isEqualTo(new Pressure(0.2, null, 150, null, 60L, null, 1_800L));
    assertThat(Throttle.goingOn(1, LIMITS, new Pressure(1, null, 150, null, null, null, null)).now()).isEqualTo(new Pressure(1, null, 150, null, 25L, null, 1_000L));
  }

  private static Optional<Latency> slow(long p99) {
    return Optional.of(new Latency(1, p99));
  }
}
