package shop.orders.workflow.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import shop.orders.model.Change.SellerCall;
import shop.orders.model.ChangeRequests;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.Rest;
import shop.orders.workflow.account.Accounts;

/** When the workflow must look at an order next, by where it stands. Only from the order and its account, so asking again is harmless. */
@Component
public class Agenda {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Rest NOBODY_TO_TELL = new Rest(Rest.Owner.SYSTEM, Rest.Limit.AT_ONCE, null);

  private final Accounts accounts;
  private final WorkflowProperties properties;

  Agenda(Accounts accounts, WorkflowProperties properties) {
    this.accounts = accounts;
    this.properties = properties;
  }

  /** Empty if nothing is left to be done by itself: the end, an owner who was reminded, history from elsewhere. May lie in the past: then look now. */
  public Optional<Instant> nextLook(Order order) {
    var errand = order.replacedSellers().values().stream().min(Comparator.naturalOrder());
    return Stream.of(deadline(order), stepLook(order), errand).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /** When somebody's time is over, to act on the order or to confirm a change of it; empty if nobody's is limited. */
  public Optional<Instant> deadline(Order order) {
    return Stream.of(statusDeadline(order), changeExpires(order)).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /** When a change that waits for confirmation is given up; empty if none waits. */
  public Optional<Instant> changeExpires(Order order) {
    return ChangeRequests.waiting(order).map(asked -> asked.at().plus(properties.confirmChangesWithin()));
  }

  /** When the time of whoever has to act is over; empty if there is no limit, its passing was noted, or the order is history. */
  public Optional<Instant> statusDeadline(Order order) {
    if (order.isHistory()) return Optional.empty();
    return rest(order).filter(rest -> rest.then() != null || rest.isPassing() || !order.isReminded()).flatMap(rest -> deadline(order, rest));
  }

  /** What its flow says of where the order stands; empty if another system left it where no order of this flow stands. */
  public Optional<Rest> rest(Order order) {
    if (order.status() == OrderStatus.ORDER_CREATED && order.toldSeller().isEmpty()) return Optional.of(NOBODY_TO_TELL);
    return order.flow().statuses().contains(order.status()) ? Optional.of(order.flow().rest(order.status())) : Optional.empty();
  }

  private Optional<Instant> deadline(Order order, Rest rest) {
    var since = order.statusSince();
    return switch (rest.limit()) {
      case NONE -> Optional.empty();
      case AT_ONCE -> Optional.of(since);
      case COMPLETION -> Optional.of(since.plus(properties.completeWithin()));
      case CREATION -> Optional.of(creationBegan(order).plus(properties.createWithin()));
      case PAYMENT -> Optional.of(since.plus(properties.payWithin()));
      case AUTHORIZATION -> Optional.of(since.plus(properties.authorizeWithin()));
      case FULFILLMENT -> Optional.of(since.plus(properties.fulfillWithin()));
      case GRACE -> Optional.of(since.plus(accounts.find(order.key().account()).gracePeriod()));
      case CHANGE_SELLER -> Optional.of(since.plus(accounts.find(order.key().account()).changeSellerWithin()));
      case DECISION -> Optional.of(since.plus(properties.decideWithin()));
      case HANDLING -> Optional.of(handlingBegan(order).plus(properties.handleWithin()));
    };
  }

  /** One limit for all tries: the first error does not give the seller another day. */
  private static Instant creationBegan(Order order) {
    return order.lastEntered(OrderStatus.ORDER_CREATED).orElse(order.statusSince());
  }

  /** One limit from when the seller could begin, so that an order that is handled needs no wakeup of its own for it. */
  private static Instant handlingBegan(Order order) {
    var ready = order.lastEntered(OrderStatus.READY_FOR_HANDLING).or(() -> order.lastEntered(OrderStatus.PAYMENT_APPROVED));
    return ready.filter(at -> at.isBefore(order.statusSince())).orElse(order.statusSince());
  }

  /** When somebody is to be asked or told, before the deadline; empty if nobody is. */
  public Optional<Instant> stepLook(Order order) {
    if (order.isHistory()) return Optional.empty();
    if (order.status() == OrderStatus.PAYMENT_PENDING) return antifraudLook(order);
    if (dueCall(order).isEmpty() || order.error().isPresent()) return Optional.empty();
    return Optional.of(order.isInRetry() ? order.statusSince().plus(AFTER_FAILURE) : order.statusSince());
  }

  /** What the order's outside seller has yet to be told, if there is one. */
  public Optional<SellerCall> dueCall(Order order) {
    if (order.toldSeller().isEmpty()) return Optional.empty();
    var call =
        switch (order.status()) {
          case ORDER_CREATED, ORDER_CREATE_ERROR -> SellerCall.PLACE;
          case PAYMENT_APPROVED -> order.answered(SellerCall.PLACE).isEmpty() ? SellerCall.PLACE : SellerCall.FULFILL; // the seller may be another since
          case WAITING_FOR_SELLER_DECISION, CANCEL -> SellerCall.CANCEL;
          default -> null;
        };
    return Optional.ofNullable(call).filter(c -> order.answered(c).isEmpty());
  }

  private Optional<Instant> antifraudLook(Order order) {
    if (accounts.find(order.key().account()).antifraud() == null) return Optional.empty();
    // Not from the order's last change: a note must not put the provider off.
    return Optional.of(order.antifraudAnsweredAt().map(at -> at.plus(properties.antifraudPollEvery())).orElse(order.statusSince()));
  }

  /** The wakeup that stands already for a look at that time is enough; one that is due soon may have been taken. */
  boolean isArmed(Order before, Instant lookAt, Instant now) {
    return lookAt.isAfter(now.plus(SOON)) && nextLook(before).filter(lookAt::equals).isPresent();
  }
}
