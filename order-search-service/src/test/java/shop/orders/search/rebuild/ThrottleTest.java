package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  @Test
  void slowWorkflow_takesTheShareDownFast_andItComesUpSlowly() {
    var throttle = new Throttle(1, 50);
    throttle.measured(OptionalLong.of(51));
    throttle.measured(OptionalLong.of(200));
    assertThat(throttle.now().share()).isBetween(0.48, 0.5);
    throttle.measured(OptionalLong.of(50));
    assertThat(throttle.now().share()).isBetween(0.53, 0.55);
    for (int i = 0; i < 100; i++) throttle.measured(OptionalLong.of(1_000));
    assertThat(throttle.now().share()).as("it never stands still").isEqualTo(0.05);
    for (int i = 0; i < 100; i++) throttle.measured(OptionalLong.empty());
    assertThat(throttle.now().share()).as("nothing goes on, so nobody is disturbed").isEqualTo(1);
  }

  @Test
  void smallShare_takesFewOrdersAtOnce() {
    var throttle = new Throttle(1, 50);
    assertThat(throttle.atOnce(1_000)).isEqualTo(1_000);
    throttle.measured(OptionalLong.of(1_000));
    assertThat(throttle.atOnce(1_000)).isBetween(485, 490);
    for (int i = 0; i < 100; i++) throttle.measured(OptionalLong.of(1_000));
    assertThat(throttle.atOnce(1_000)).isEqualTo(2);
    assertThat(throttle.atOnce(1)).isEqualTo(1);
  }

  @Test
  void limit_isHalfAsMuchAgainAsBefore_orWhatIsFineInAnyCase() {
    assertThat(Throttle.limit(50, OptionalLong.of(100))).isEqualTo(150);
    assertThat(Throttle.limit(50, OptionalLong.of(10))).isEqualTo(50);
    assertThat(Throttle.limit(50, OptionalLong.empty())).isEqualTo(50);
  }
}
