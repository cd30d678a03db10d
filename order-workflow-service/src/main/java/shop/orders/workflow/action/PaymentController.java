package shop.orders.workflow.action;

import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderStatus;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.command.WorkflowProperties;

/** Somebody entitled says that a payment was made. Saying it again is harmless. */
@RestController
class PaymentController {
  private final OrderCommands commands;
  private final OrderStore store;
  private final Accounts accounts;
  private final HttpStatus wrongState;

  PaymentController(OrderCommands commands, OrderStore store, Accounts accounts, WorkflowProperties properties) {
    this.commands = commands;
    this.store = store;
    this.accounts = accounts;
    this.wrongState = HttpStatus.valueOf(properties.wrongStateStatus());
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
          if (order.status() != OrderStatus.PAYMENT_PENDING) {
            throw new ApiError(wrongState, "OMS003", "Order status should be payment-pending to perform this action");
          }
          checkPayment(order, paymentId);
          Moves.approvePayment(decision, order.placed(), new Change.PaymentNotified(paymentId), accounts.find(caller.account()));
          return Map.of();
        });
  }

  private void checkPayment(Order order, String paymentId) {
    var placed = Objects.requireNonNull(store.documents(order.key()).get(order.placed().documentRev()), () -> order + " lost its document");
    if (OrderDocument.stored(placed).payments().stream().noneMatch(p -> paymentId.equals(p.id()))) {
      throw new ApiError(HttpStatus.NOT_FOUND, "OMS009", "The order has no payment " + paymentId + ".");
    }
  }
}
