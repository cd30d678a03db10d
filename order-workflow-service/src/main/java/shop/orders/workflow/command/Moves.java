package shop.orders.workflow.command;

import static shop.orders.model.OrderStatus.APPROVE_PAYMENT;
import static shop.orders.model.OrderStatus.AUTHORIZE_FULFILLMENT;
import static shop.orders.model.OrderStatus.CANCEL;
import static shop.orders.model.OrderStatus.CANCELED;
import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.ORDER_CREATE_ERROR;
import static shop.orders.model.OrderStatus.PAYMENT_APPROVED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;
import static shop.orders.model.OrderStatus.READY_FOR_HANDLING;
import static shop.orders.model.OrderStatus.WAITING_FOR_MKT_AUTHORIZATION;
import static shop.orders.model.OrderStatus.WAITING_FOR_ORDER_AUTHORIZATION;
import static shop.orders.model.OrderStatus.WAITING_FOR_SELLER_DECISION;
import static shop.orders.model.OrderStatus.WINDOW_TO_CANCEL;
import static shop.orders.model.OrderStatus.WINDOW_TO_CHANGE_SELLER;

import java.time.Duration;
import shop.orders.model.Change;
import shop.orders.model.Change.Moved;
import shop.orders.model.Change.SellerCall;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.workflow.account.Account;

/** Runs of statuses that need no answer from outside, written as one decision. */
public final class Moves {
  private Moves() {}

  /** All sellers have the order: on to where its payment, or somebody's authorization, is waited for. */
  public static void complete(Decision decision, Change why, Flow flow, OrderDocument document, Account account) {
    askForPayment(decision.move(ON_ORDER_COMPLETED, why), flow, document, account);
  }

  static void askForPayment(Decision decision, Flow flow, OrderDocument document, Account account) {
    if (flow == Flow.CHAIN) {
      decision.move(WAITING_FOR_MKT_AUTHORIZATION);
      return;
    }
    decision.move(PAYMENT_PENDING);
    if (document.needsApproval()) decision.move(WAITING_FOR_ORDER_AUTHORIZATION);
    else if (document.value() == 0) approvePayment(decision, flow, new Moved("nothing to pay"), account);
  }

  /** Payment is made: on to the grace window, or through it where the account has none. */
  public static void approvePayment(Decision decision, Flow flow, Change why, Account account) {
    decision.move(APPROVE_PAYMENT, why).move(PAYMENT_APPROVED);
    if (flow == Flow.COMPLETE) openGraceWindow(decision, account.gracePeriod());
  }

  /** The outside marketplace says that the order is to be fulfilled. */
  public static void authorizeFulfillment(Decision decision, Account account) {
    decision.move(AUTHORIZE_FULFILLMENT);
    openGraceWindow(decision, account.gracePeriod());
  }

  /** The order ends, canceled, for that reason; an outside seller that has it and has not agreed is told before the end. */
  public static void cancel(Order order, Decision decision, Change.CancelAsked why) {
    decision.move(CANCEL, why);
    boolean agreed = order.status() == WAITING_FOR_SELLER_DECISION || order.status() == WINDOW_TO_CHANGE_SELLER || why.bySeller();
    // An answer that was lost may have been a yes.
    boolean sellerMayHaveIt = order.toldSeller().isPresent() && (order.answered(SellerCall.PLACE).isPresent() || order.status() == ORDER_CREATE_ERROR);
    if (agreed || !sellerMayHaveIt) decision.move(CANCELED);
  }

  private static void openGraceWindow(Decision decision, Duration grace) {
    decision.move(WINDOW_TO_CANCEL);
    if (grace.isZero()) decision.move(READY_FOR_HANDLING);
  }
}
