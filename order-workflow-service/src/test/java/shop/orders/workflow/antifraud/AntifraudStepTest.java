package shop.orders.workflow.antifraud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.workflow.Sample;
import shop.orders.workflow.account.Account.AntifraudProvider;
import shop.orders.workflow.account.TestAccounts;
import shop.orders.workflow.command.TestCommands;
import shop.orders.workflow.step.Step.Verdict;

class AntifraudStepTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Stores stores = new InMemoryStore(clock).stores();

  /** Its only wakeup was for the provider. What the look after this one finds is the end of the payment's time. */
  @Test
  void anOrderWhoseProviderWasRemovedMeanwhile_isLookedAtAgain() {
    TestAccounts.save(stores.settings(), "demo", Duration.ZERO, new AntifraudProvider(URI.create("http://af.example.com"), null, null));
    var order = Sample.placed(stores.orders(), new OrderKey("demo", "v1demo-01"), clock.instant());
    assertThat(TestCommands.agenda(TestAccounts.of(stores.settings())).nextLook(order)).contains(clock.instant());
    TestAccounts.save(stores.settings(), "demo", Duration.ZERO, null);
    assertThat(step().run(order)).isInstanceOf(Verdict.TryAgain.class);
    assertThat(TestCommands.agenda(TestAccounts.of(stores.settings())).nextLook(order)).contains(clock.instant().plus(Duration.ofDays(5)));
  }

  private AntifraudStep step() {
    var accounts = TestAccounts.of(stores.settings());
    var nobody =
        new Antifraud() {
          @Override
          public Answer send(AntifraudProvider provider, Order order) {
            throw new AssertionError();
          }

          @Override
          public Optional<Answer> poll(AntifraudProvider provider, String transactionId) {
            throw new AssertionError();
          }
        };
    return new AntifraudStep(nobody, accounts, TestCommands.of(stores.orders(), TestCommands.agenda(accounts), clock), TestCommands.PROPERTIES, clock);
  }
}
