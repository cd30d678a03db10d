package shop.orders.workflow.action;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.CancelAsked;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.command.Moves;

/** Cancels an order, or asks for it where somebody must agree first. Asking twice is harmless. */
@RestController
class CancelController {
  private final Actions actions;

  CancelController(Actions actions) {
    this.actions = actions;
  }

  @PostMapping({"/api/oms/pvt/orders/{orderId}/cancel", "/api/orders/pvt/document/{orderId}/cancel"})
  Receipt cancel(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.optional();
    var asked = new CancelAsked(Fields.text(sent, "reason"), Fields.flag(sent, "requestedByUser"), false);
    return actions.take(
        caller,
        orderId,
        "cancel",
        (order, decision) -> {
          decide(order, decision, asked);
          return Map.of();
        });
  }

  private static void decide(Order order, Decision decision, CancelAsked asked) {
    if (order.status() == OrderStatus.CANCELED) return;
    if (order.status() == OrderStatus.INVOICED || !order.invoices().isEmpty()) {
      throw new ApiError(HttpStatus.BAD_REQUEST, "OMS004", "The order has an invoice and can not be canceled.");
    }
    switch (order.status()) {
      case READY_FOR_HANDLING, HANDLING -> {
        if (asked.byUser()) decision.move(OrderStatus.CANCELLATION_REQUESTED, asked); // the grace window is over: the seller decides
        else Moves.cancel(decision, asked);
      }
      case CANCELLATION_REQUESTED, WAITING_FOR_SELLER_DECISION -> {
        if (!asked.byUser()) Moves.cancel(decision, asked); // the shopper asking again is not the seller's consent
      }
      case PAYMENT_APPROVED -> decision.move(OrderStatus.REQUEST_CANCEL, asked).move(OrderStatus.WAITING_FOR_SELLER_DECISION);
      default -> Moves.cancel(decision, asked);
    }
  }
}
