package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.orders.search.rebuild.Rebuild.Pressure;

class ThrottleTest {
  @Test
  void slowWorkflow_takesTheShareDownFast_andItComesUpSlowly() {
    var throttle = new Throttle(1, new Latency(25, 50), false);
    throttle.measured(slow(51));
    throttle.measured(slow(200));
    assertThat(throttle.now().share()).isBetween(0.48, 0.5);
    throttle.measured(slow(50));
    assertThat(throttle.now().share()).isBetween(0.53, 0.55);
    for (int i = 0; i < 100; i++) throttle.measured(slow(1_000));
    assertThat(throttle.now().share()).as("it never stands still").isEqualTo(0.05);
    for (int i = 0; i < 100; i++) throttle.measured(Optional.empty());
    assertThat(throttle.now().share()).as("nothing goes on, so nobody is disturbed").isEqualTo(1);
  }

  @Test
  void smallShare_takesFewOrdersAtOnce() {
    var throttle = new Throttle(1, new Latency(25, 50), false);
    assertThat(throttle.atOnce(1_000)).isEqualTo(1_000);
    throttle.measured(slow(1_000));
    assertThat(throttle.atOnce(1_000)).isEqualTo(500);
    for (int i = 0; i < 100; i++) throttle.measured(slow(1_000));
    assertThat(throttle.atOnce(1_000)).isEqualTo(200);
    assertThat(throttle.atOnce(1)).isEqualTo(1);
  }

  @Test
  void whereTheWorkflowWorks_itBeginsLow() {
    var throttle = new Throttle(0.5, new Latency(25, 50), true);
    assertThat(throttle.now().share()).isEqualTo(0.1);
    for (int i = 0; i < 100; i++) throttle.measured(slow(10));
    assertThat(throttle.now().share()).isEqualTo(0.5);
  }

  @Test
  void slowMiddle_takesTheShareDownAsWell() {
    var throttle = new Throttle(1, new Latency(25, 50), false);
    throttle.measured(Optional.of(new Latency(26, 50)));
    assertThat(throttle.now().share()).isEqualTo(0.7);
  }

  @Test
  void limit_isHalfAsMuchAgainAsBefore_orWhatIsFineInAnyCase() {
    assertThat(Throttle.limit(50, Optional.of(new Latency(40, 100)))).isEqualTo(new Latency(60, 150));
    assertThat(Throttle.limit(50, Optional.of(new Latency(4, 10)))).isEqualTo(new Latency(25, 50));
    assertThat(Throttle.limit(50, Optional.empty())).isEqualTo(new Latency(25, 50));
  }

  @Test
  void whatIsGoneOnWith_isHeldToWhatItWasHeldTo() {
    var before = new Throttle(1, new Latency(60, 150), false);
    before.measured(slow(100));
    assertThat(Throttle.goingOn(1, 50, before.now()).now()).isEqualTo(new Pressure(0.2, null, 150, null, 60L));
    assertThat(Throttle.goingOn(1, 50, new Pressure(1, null, 150, null, null)).now()).isEqualTo(new Pressure(1, null, 150, null, 25L));
    assertThat(Throttle.goingOn(1, 50, null).now()).isEqualTo(new Pressure(0.2, null, 50, null, 25L));
  }

  private static Optional<Latency> slow(long p99) {
    return Optional.of(new Latency(1, p99));
  }
}
