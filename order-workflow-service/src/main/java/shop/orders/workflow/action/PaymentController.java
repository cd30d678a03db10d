package shop.orders.workflow.action;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.Trigger;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;

/** Somebody entitled says that a payment was made. Saying it again is harmless. */
@RestController
class PaymentController {
  private final OrderCommands commands;
  private final OrderStore store;
  private final Accounts accounts;
  private final WrongState wrongState;

  PaymentController(OrderCommands commands, OrderStore store, Accounts accounts, WrongState wrongState) {
    this.commands = commands;
    this.store = store;
    this.accounts = accounts;
    this.wrongState = wrongState;
  }

  @PostMapping({
    "/api/oms/pvt/orders/{orderId}/payments/{paymentId}/payment-notification",
    "/api/orders/pvt/document/{orderId}/payment/{paymentId}/notify-payment"
  })
  void notifyPayment(Caller caller, @PathVariable String orderId, @PathVariable String paymentId) {
    commands.change(
        caller.order(orderId),
        caller.by(),
        (order, decision) -> {
          if (order.entered(OrderStatus.PAYMENT_APPROVED).isPresent()) return Map.of();
          if (!order.flow().allows(order.status(), Trigger.PAYMENT_NOTIFICATION)) throw wrongState.expected(OrderStatus.PAYMENT_PENDING);
          checkPayment(order, paymentId);
          Moves.approvePayment(decision, order.flow(), new Change.PaymentNotified(paymentId), accounts.find(caller.account()));
          return Map.of();
        });
  }

  private void checkPayment(Order order, String paymentId) {
    if (store.placedDocument(order).payments().stream().noneMatch(p -> paymentId.equals(p.id()))) {
      throw new ApiError(HttpStatus.NOT_FOUND, "OMS009", "The order has no payment " + paymentId + ".");
    }
  }
}
