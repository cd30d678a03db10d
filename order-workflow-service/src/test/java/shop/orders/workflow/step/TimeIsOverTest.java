package shop.orders.workflow.step;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.APPROVE_PAYMENT;
import static shop.orders.model.OrderStatus.PAYMENT_APPROVED;
import static shop.orders.model.OrderStatus.WINDOW_TO_CANCEL;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.workflow.Sample;
import shop.orders.workflow.account.TestAccounts;
import shop.orders.workflow.command.TestCommands;
import shop.orders.workflow.step.Step.Verdict;

class TimeIsOverTest {
  private static final OrderKey KEY = new OrderKey("demo", "v1demo-01");

  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Stores stores = new InMemoryStore(clock).stores();

  @Test
  void anOrderWhoseTimeWasMovedMeanwhile_isLookedAtAtItsNewEnd() {
    var order = inItsGracePeriodOf(Duration.ofHours(1));
    clock.advance(Duration.ofMinutes(30)); // it was half an hour until a moment ago
    assertThat(timeIsOver().run(order))
        .isInstanceOfSatisfying(Verdict.TryAgain.class, again -> assertThat(again.after()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31)));
    assertThat(stores.orders().find(KEY)).contains(order);
  }

  @Test
  void anOrderWhoseTimeIsOver_goesOn() {
    var order = inItsGracePeriodOf(Duration.ofMinutes(30));
    clock.advance(Duration.ofMinutes(31));
    assertThat(timeIsOver().run(order)).isEqualTo(new Verdict.Done());
    assertThat(stores.orders().find(KEY).orElseThrow().status()).isNotEqualTo(WINDOW_TO_CANCEL);
  }

  private Order inItsGracePeriodOf(Duration time) {
    TestAccounts.save(stores.settings(), "demo", time, null);
    return Sample.moved(stores.orders(), Sample.placed(stores.orders(), KEY, clock.instant()), clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
  }

  private TimeIsOver timeIsOver() {
    var accounts = TestAccounts.of(stores.settings());
    var agenda = TestCommands.agenda(accounts);
    return new TimeIsOver(TestCommands.of(stores.orders(), agenda, clock), agenda, TestCommands.onward(stores.orders(), accounts), clock, new SimpleMeterRegistry());
  }
}
