package shop.orders.systemtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
  @Test
  void ratio_isTakenRoundByRoundBeforeTheMedian() {
    var ratios = new Ratios();
    ratios.add(100, 200);
    ratios.add(300, 1_000);
    ratios.add(400, 500);
    assertThat(ratios.ratios()).isEqualTo(List.of(0.5, 0.3, 0.8));
    assertThat(Ratios.median(ratios.ratios())).isEqualTo(0.5);
  }

  @Test
  void median_ofAnEvenNumberIsTheLowerOne() {
    assertThat(Ratios.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.0);
  }
}
