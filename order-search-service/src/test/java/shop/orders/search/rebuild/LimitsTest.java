package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.orders.search.rebuild.Rebuild.Pressure;

class LimitsTest {
  private static final RebuildProperties PROPERTIES =
      new RebuildProperties(4, 1_000, 1, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofMillis(250));

  private static final Limits FINE = new Limits(new Latency(25, 50), 1_000);

  @Test
  void halfAsMuchAgainAsWithoutARebuild_orWhatIsFineInAnyCase() {
    assertThat(Limits.fine(PROPERTIES)).isEqualTo(FINE);
    assertThat(FINE.after(Optional.of(new Latency(40, 100)), Optional.of(1_200L))).isEqualTo(new Limits(new Latency(60, 150), 1_800));
    assertThat(FINE.after(Optional.of(new Latency(4, 10)), Optional.of(20L))).isEqualTo(FINE);
    assertThat(FINE.after(Optional.empty(), Optional.empty())).isEqualTo(FINE);
  }

  @Test
  void whatWasHeldTo_isReadAgain() {
    assertThat(Limits.of(new Pressure(1, null, 150, null, 60L, null, 1_800L))).isEqualTo(new Limits(new Latency(60, 150), 1_800));
    assertThat(Limits.of(new Pressure(1, null, 150, null, null, null, null))).as("by an earlier release").isEqualTo(new Limits(new Latency(0, 150), 0));
  }
}
