package shop.orders.search.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
  @Test
  void onlyTheLastTryCountsAsWork() {
    var tries = new AtomicInteger();
    long begun = System.nanoTime();
    long took = new Patience(Duration.ofMillis(500), () -> {}).until("it", () -> { if (tries.incrementAndGet() < 5) throw new IllegalStateException("away"); });
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("50, 100, 200 and 400 ms").isGreaterThanOrEqualTo(Duration.ofMillis(750));
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofMillis(375));
  }
}
