package shop.orders.workflow.command;

import static shop.orders.model.OrderStatus.APPROVE_PAYMENT;
import static shop.orders.model.OrderStatus.AUTHORIZE_FULFILLMENT;
import static shop.orders.model.OrderStatus.CANCEL;
import static shop.orders.model.OrderStatus.CANCELED;
import static shop.orders.model.OrderStatus.PAYMENT_APPROVED;
import static shop.orders.model.OrderStatus.READY_FOR_HANDLING;
import static shop.orders.model.OrderStatus.WINDOW_TO_CANCEL;

import java.time.Duration;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.workflow.account.Account;

/** Runs of statuses that need no answer from outside, written as one decision. */
public final class Moves {
  private Moves() {}

  /** Payment is made: on to the grace window, or through it where the account has none. */
  public static void approvePayment(Decision decision, Change.Origin placed, Change why, Account account) {
    decision.move(APPROVE_PAYMENT, why).move(PAYMENT_APPROVED);
    if (placed.flow() == Flow.COMPLETE) openGraceWindow(decision, account.gracePeriod());
  }

  /** The outside marketplace says that the order is to be fulfilled. */
  public static void authorizeFulfillment(Decision decision, Account account) {
    decision.move(AUTHORIZE_FULFILLMENT);
    openGraceWindow(decision, account.gracePeriod());
  }

  /** The order ends, canceled, for that reason. */
  public static void cancel(Decision decision, Change.CancelAsked why) {
    decision.move(CANCEL, why).move(CANCELED);
  }

  private static void openGraceWindow(Decision decision, Duration grace) {
    decision.move(WINDOW_TO_CANCEL);
    if (grace.isZero()) decision.move(READY_FOR_HANDLING);
  }
}
