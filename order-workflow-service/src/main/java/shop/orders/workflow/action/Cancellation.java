package shop.orders.workflow.action;

import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.model.Change.CancelAsked;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.Trigger;
import shop.orders.web.ApiError;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.Moves;

/** Who may cancel an order where, and who has to agree. */
@Component
class Cancellation {
  private final Accounts accounts;

  Cancellation(Accounts accounts) {
    this.accounts = accounts;
  }

  /** @throws ApiError 400 if the order can not be canceled where it stands */
  void decide(Order order, Decision decision, CancelAsked asked) {
    var status = order.status();
    if (status == OrderStatus.CANCELED || status == OrderStatus.CANCEL) return;
    if (status == OrderStatus.INVOICED || !order.invoices().isEmpty()) {
      throw new ApiError(HttpStatus.BAD_REQUEST, "OMS004", "The order has an invoice and can not be canceled.");
    }
    if (!order.flow().allows(status, Trigger.CANCEL)) {
      throw new ApiError(HttpStatus.BAD_REQUEST, "OMS004", "The order can not be canceled while its status is " + status.shown() + ".");
    }
    switch (status) {
      case READY_FOR_HANDLING, HANDLING -> {
        if (asked.byUser()) decision.move(OrderStatus.CANCELLATION_REQUESTED, asked); // the grace window is over: the seller decides
        else Moves.cancel(order, decision, asked);
      }
      case WAITING_FOR_SELLER_DECISION -> {
        // Sent again it is no consent, and where the seller is asked nobody else can give it.
        boolean again = order.cancellation().filter(before -> before.change().equals(asked)).isPresent();
        if (asked.bySeller() || (!asked.byUser() && !again && order.toldSeller().isEmpty())) Moves.cancel(order, decision, asked);
      }
      case CANCELLATION_REQUESTED -> {
        if (!asked.byUser()) Moves.cancel(order, decision, asked); // the shopper asking again is not the seller's consent
      }
      case PAYMENT_APPROVED, WAITING_SELLER_HANDLING -> soldOn(order, decision, asked);
      default -> Moves.cancel(order, decision, asked);
    }
  }

  /** An outside seller has the order: it cancels by itself and another may be found, or is asked for its consent. */
  private void soldOn(Order order, Decision decision, CancelAsked asked) {
    var account = accounts.find(order.key().account());
    if (asked.bySeller()) {
      decision.move(OrderStatus.WINDOW_TO_CHANGE_SELLER, asked);
      if (account.changeSellerWithin().isZero()) decision.move(OrderStatus.CANCEL).move(OrderStatus.CANCELED);
      return;
    }
    decision.move(OrderStatus.REQUEST_CANCEL, asked).move(OrderStatus.WAITING_FOR_SELLER_DECISION);
    Instant graceEnds = order.lastEntered(OrderStatus.PAYMENT_APPROVED).orElse(order.statusSince()).plus(account.gracePeriod());
    boolean sellerAgrees = order.toldSeller().isEmpty() && decision.at().isBefore(graceEnds); // a seller that is told agrees for itself
    if (sellerAgrees) decision.move(OrderStatus.CANCEL).move(OrderStatus.CANCELED);
  }
}
