package shop.orders.workflow.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.workflow.Sample;
import shop.orders.workflow.step.Step.Verdict;

class RetriesTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Retries retries = new Retries(clock);
  private final Order order = Sample.placed(new InMemoryStore(clock).stores().orders(), new OrderKey("demo", "v1demo-01"), clock.instant());

  @Test
  void busy_isSoonAgainAndNoFailure() {
    for (int i = 0; i < 20; i++) assertThat(after(retries.busy(order, "p", "busy"))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(16));
    assertThat(after(retries.again(order, "p", "away"))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(after(retries.busy(order, "p", "busy"))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(after(retries.again(order, "p", "away"))).as("the failure before counts on").isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(retries.tooEarly(order, "p")).isPresent();
  }

  private static Duration after(Verdict verdict) {
    return ((Verdict.TryAgain) verdict).after();
  }
}
