package shop.orders.workflow.antifraud;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.antifraud.Antifraud.Answer;
import shop.orders.workflow.antifraud.Antifraud.PartnerUnavailable;
import shop.orders.workflow.command.Agenda;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.command.WorkflowProperties;
import shop.orders.workflow.step.Step;

/** Payment pending: asks the account's antifraud provider, and goes by its word; gives up when the payment's time is over. */
@Component
class AntifraudStep implements Step {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 5; // 32 seconds, up to 64 with jitter: a provider that is back must not wait long for its orders

  private final Antifraud antifraud;
  private final Accounts accounts;
  private final OrderCommands commands;
  private final Agenda agenda;
  private final WorkflowProperties properties;
  private final Clock clock;
  private final Cache<OrderKey, Integer> failures = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(1)).build();

  AntifraudStep(
      Antifraud antifraud, Accounts accounts, OrderCommands commands, Agenda agenda, WorkflowProperties properties, Clock clock) {
    this.antifraud = antifraud;
    this.accounts = accounts;
    this.commands = commands;
    this.agenda = agenda;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public OrderStatus status() {
    return OrderStatus.PAYMENT_PENDING;
  }

  @Override
  public Verdict run(Order order) {
    if (!clock.instant().isBefore(agenda.paymentExpires(order))) return expire(order);
    var provider = accounts.find(order.key().account()).antifraud();
    if (provider == null) return new Verdict.Done(); // its wakeup at the end of the payment's time stands
    try {
      var polled = order.antifraud().flatMap(before -> antifraud.poll(provider, before.transactionId()));
      var answer = polled.orElseGet(() -> antifraud.send(provider, order));
      failures.invalidate(order.key());
      return obey(order, answer);
    } catch (PartnerUnavailable e) {
      return new Verdict.TryAgain(backoff(order.key()), e.getMessage());
    }
  }

  private Verdict obey(Order order, Answer answer) {
    var said = new Change.AntifraudAnswered(answer.transactionId(), answer.tid(), answer.status().name(), answer.message());
    boolean news = order.antifraud().filter(a -> a.verdict().equals(said.verdict())).isEmpty();
    if (!news) return new Verdict.TryAgain(properties.antifraudPollEvery(), "the antifraud provider has not decided");
    commands.change(
        order.key(),
        "antifraud",
        (current, decision) -> {
          if (current.status() == status()) write(current, decision, answer, said);
          return Map.of();
        });
    return new Verdict.Done();
  }

  private void write(Order order, Decision decision, Answer answer, Change.AntifraudAnswered said) {
    switch (answer.status()) {
      case approved -> Moves.approvePayment(decision, order.placed(), said, accounts.find(order.key().account()));
      case denied -> {
        decision.record(said);
        Moves.cancel(decision, new Change.CancelAsked("Denied by antifraud", false, true));
      }
      case received, undefined -> decision.record(said);
    }
  }

  private Verdict expire(Order order) {
    commands.change(
        order.key(),
        "system",
        (current, decision) -> {
          if (current.status() == status()) Moves.cancel(decision, new Change.CancelAsked("Payment was not confirmed in time", false, true));
          return Map.of();
        });
    return new Verdict.Done();
  }

  /** Doubles from one second, with jitter of up to as much again, so that orders that failed together do not come back together. */
  private Duration backoff(OrderKey key) {
    int before = failures.asMap().merge(key, 1, Integer::sum) - 1;
    long millis = FIRST_RETRY.toMillis() << Math.min(before, MOST_DOUBLINGS);
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis));
  }
}
