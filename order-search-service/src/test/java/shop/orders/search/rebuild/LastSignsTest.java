package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import shop.orders.search.index.Indices.Condition;

class LastSignsTest {
  private Instant now = Instant.EPOCH;
  private final LastSigns signs =
      new LastSigns(
          Duration.ofMinutes(1),
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              throw new UnsupportedOperationException();
            }
          });

  private boolean isDead(int second, @Nullable Condition seen) {
    now = Instant.EPOCH.plusSeconds(second);
    return signs.isDead(seen);
  }

  @Test
  void whatIsGone_isDeadAtOnce() {
    assertThat(isDead(0, Condition.GONE)).isTrue();
  }

  @Test
  void whatCannotBeRead_isDeadWhenThatLasted() {
    assertThat(isDead(0, Condition.UNREADABLE)).isFalse();
    assertThat(isDead(59, Condition.UNREADABLE)).isFalse();
    assertThat(isDead(60, Condition.UNREADABLE)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @EnumSource(names = {"READABLE", "UNSURE"})
  void anyOtherSign_beginsItAnew(@Nullable Condition sign) {
    assertThat(isDead(0, Condition.UNREADABLE)).isFalse();
    assertThat(isDead(50, sign)).isFalse();
    assertThat(isDead(70, Condition.UNREADABLE)).isFalse();
    assertThat(isDead(129, Condition.UNREADABLE)).isFalse();
    assertThat(isDead(130, Condition.UNREADABLE)).isTrue();
  }
}
