package shop.orders.search.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Test
  void restIsWhatTheOthersAreDue_butNeverMoreThanHalfAMinute() {
    var second = Duration.ofSeconds(1).toNanos();
    assertThat(Share.rest(second, 1)).isZero();
    assertThat(Share.rest(second, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Share.rest(second, 0.25)).isEqualTo(Duration.ofSeconds(3));
    assertThat(Share.rest(60 * second, 0.05)).isEqualTo(Duration.ofSeconds(30));
  }
}
