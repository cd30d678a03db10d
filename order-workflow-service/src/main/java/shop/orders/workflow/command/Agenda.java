package shop.orders.workflow.command;

import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import shop.orders.model.ChangeRequests;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.workflow.account.Accounts;

/** When the workflow must look at an order next, by where it stands. Only from the order and its account, so asking again is harmless. */
@Component
public class Agenda {
  private final Accounts accounts;
  private final WorkflowProperties properties;

  Agenda(Accounts accounts, WorkflowProperties properties) {
    this.accounts = accounts;
    this.properties = properties;
  }

  /** Empty if the order waits for somebody outside, without a deadline of ours, or is history from elsewhere. May lie in the past: then look now. */
  public Optional<Instant> nextLook(Order order) {
    if (order.status() == OrderStatus.HANDLING) return changeExpires(order);
    if (order.isHistory()) return Optional.empty();
    return switch (order.status()) {
      case PAYMENT_PENDING -> Optional.of(paymentLook(order));
      case WINDOW_TO_CANCEL -> Optional.of(graceEnds(order));
      case WAITING_FFMT_AUTHORIZATION -> Optional.of(order.statusSince().plus(properties.fulfillWithin()));
      default -> Optional.empty();
    };
  }

  /** When a change that waits for confirmation is given up; empty if none waits. */
  public Optional<Instant> changeExpires(Order order) {
    return ChangeRequests.waiting(order).map(asked -> asked.at().plus(properties.confirmChangesWithin()));
  }

  /** When payment is given up and the order canceled. */
  public Instant paymentExpires(Order order) {
    return order.statusSince().plus(properties.payWithin());
  }

  /** When the shopper's right to cancel without consent ends: counted from payment approval. */
  public Instant graceEnds(Order order) {
    return order.statusSince().plus(accounts.find(order.key().account()).gracePeriod());
  }

  private Instant paymentLook(Order order) {
    var expires = paymentExpires(order);
    if (accounts.find(order.key().account()).antifraud() == null) return expires;
    if (order.antifraud().isEmpty()) return order.statusSince();
    var poll = order.changedAt().plus(properties.antifraudPollEvery());
    return poll.isBefore(expires) ? poll : expires;
  }
}
