package shop.orders.workflow.antifraud;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.antifraud.Antifraud.Answer;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.command.WorkflowProperties;
import shop.orders.workflow.partner.PartnerBusy;
import shop.orders.workflow.partner.PartnerUnavailable;
import shop.orders.workflow.step.Retries;
import shop.orders.workflow.step.Step;

/** Payment pending: asks the account's antifraud provider, and goes by its word. */
@Component
class AntifraudStep implements Step {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Antifraud antifraud;
  private final Accounts accounts;
  private final OrderCommands commands;
  private final WorkflowProperties properties;
  private final Retries retries;

  AntifraudStep(Antifraud antifraud, Accounts accounts, OrderCommands commands, WorkflowProperties properties, Clock clock) {
    this.antifraud = antifraud;
    this.accounts = accounts;
    this.commands = commands;
    this.properties = properties;
    this.retries = new Retries(clock);
  }

  @Override
  public Set<OrderStatus> statuses() {
    return Set.of(OrderStatus.PAYMENT_PENDING);
  }

  @Override
  public Verdict run(Order order) {
    var provider = accounts.find(order.key().account()).antifraud();
    if (provider == null) return new Verdict.TryAgain(SOON, "the account has no antifraud provider any more"); // no wakeup stands for the end of the payment's time yet
    var partner = provider.url().getAuthority();
    var tooEarly = retries.tooEarly(order, partner);
    if (tooEarly.isPresent()) return tooEarly.get();
    try {
      var polled = order.antifraud().flatMap(before -> antifraud.poll(provider, before.transactionId()));
      var answer = polled.orElseGet(() -> antifraud.send(provider, order));
      retries.over(order, partner);
      return obey(order, answer, partner);
    } catch (PartnerBusy e) {
      return retries.busy(order, partner, String.valueOf(e.getMessage()));
    } catch (PartnerUnavailable e) {
      return retries.again(order, partner, String.valueOf(e.getMessage()));
    }
  }

  private Verdict obey(Order order, Answer answer, String partner) {
    var said = new Change.AntifraudAnswered(answer.transactionId(), answer.tid(), answer.status().name(), answer.message());
    boolean news = order.antifraud().filter(a -> a.verdict().equals(said.verdict())).isEmpty();
    if (!news) return retries.later(order, partner, properties.antifraudPollEvery(), "the antifraud provider has not decided");
    commands.change(
        order.key(),
        "antifraud",
        (current, decision) -> {
          if (current.status() == order.status()) write(current, decision, answer, said);
          return Map.of();
        });
    return new Verdict.Done();
  }

  private void write(Order order, Decision decision, Answer answer, Change.AntifraudAnswered said) {
    switch (answer.status()) {
      case approved -> Moves.approvePayment(decision, order.flow(), said, accounts.find(order.key().account()));
      case denied -> {
        decision.record(said);
        Moves.cancel(order, decision, Change.CancelAsked.bySystem("Denied by antifraud"));
      }
      case received, undefined -> decision.record(said);
    }
  }
}
