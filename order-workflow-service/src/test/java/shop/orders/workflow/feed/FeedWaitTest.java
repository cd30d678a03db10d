package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedWaitTest {
  private static final Deliveries.Read NOTHING = new Deliveries.Read(List.of(), Ranges.NONE, 0, Optional.empty());

  private final FeedWait wait = new FeedWait(FeedBench.UNNAMED, Asked.events(10), Duration.ofSeconds(20), NOTHING);

  @Test
  void looksInVain_letNewsGatherLongerAndLongerUpToABound() {
    assertThat(wait.rest()).isZero();
    for (int i = 0; i < 10; i++) wait.saw(NOTHING);
    assertThat(wait.rest()).isBetween(100L, 200L);
  }

  @Test
  void whoeverRingsFirst_looksUntilItIsQuiet() {
    assertThat(wait.ring()).isTrue();
    assertThat(wait.ring()).isFalse();
    int seen = wait.rings();
    assertThat(wait.ring()).isFalse();
    assertThat(wait.isQuietAfter(seen)).isFalse();
    assertThat(wait.isQuietAfter(wait.rings())).isTrue();
    assertThat(wait.ring()).isTrue();
  }
}
