package shop.orders.workflow.action;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.CancelAsked;
import shop.orders.model.Change.Moved;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.Moves;

/** A buyer's approver, or staff where a marketplace's price differs, lets an order go on or does not. Saying it again is harmless. */
@RestController
class AuthorizationController {
  private final Actions actions;
  private final Accounts accounts;
  private final WrongState wrongState;

  AuthorizationController(Actions actions, Accounts accounts, WrongState wrongState) {
    this.actions = actions;
    this.accounts = accounts;
    this.wrongState = wrongState;
  }

  @PostMapping("/api/oms/pvt/orders/{orderId}/authorization")
  Receipt authorize(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.require();
    boolean authorized =
        switch (Fields.requiredText(sent, "authorized").toLowerCase()) {
          case "true" -> true;
          case "false" -> false;
          default -> throw ApiError.invalid("authorized", "The authorized field must be true or false.");
        };
    var reason = Fields.text(sent, "reason");
    return actions.take(
        caller,
        orderId,
        "authorization",
        (order, decision) -> {
          if (!authorized) refuse(order, decision, new CancelAsked(reason == null ? "Not authorized" : reason, false, false));
          else authorize(order, decision, new Moved(reason == null ? "authorized" : reason));
        });
  }

  private void authorize(Order order, Decision decision, Moved why) {
    switch (order.status()) {
      case WAITING_FOR_ORDER_AUTHORIZATION -> {
        decision.move(OrderStatus.PAYMENT_PENDING, why);
        if (order.placed().value() == 0) Moves.approvePayment(decision, order.flow(), new Moved("nothing to pay"), accounts.find(order.key().account()));
      }
      case WAITING_FOR_MANUAL_AUTHORIZATION -> decision.move(OrderStatus.WAITING_FFMT_AUTHORIZATION, why);
      default -> {
        if (!wasAuthorized(order)) throw expected();
      }
    }
  }

  private void refuse(Order order, Decision decision, CancelAsked why) {
    if (order.status() == OrderStatus.CANCELED) return;
    if (order.status() != OrderStatus.WAITING_FOR_ORDER_AUTHORIZATION && order.status() != OrderStatus.WAITING_FOR_MANUAL_AUTHORIZATION) throw expected();
    Moves.cancel(order, decision, why);
  }

  private static boolean wasAuthorized(Order order) {
    return order.events().stream()
        .anyMatch(
            e ->
                (e.lastStatus() == OrderStatus.WAITING_FOR_ORDER_AUTHORIZATION && e.status() == OrderStatus.PAYMENT_PENDING)
                    || (e.lastStatus() == OrderStatus.WAITING_FOR_MANUAL_AUTHORIZATION && e.status() == OrderStatus.WAITING_FFMT_AUTHORIZATION));
  }

  private ApiError expected() {
    return wrongState.expected(OrderStatus.WAITING_FOR_ORDER_AUTHORIZATION, OrderStatus.WAITING_FOR_MANUAL_AUTHORIZATION);
  }
}
