package shop.orders.workflow.action;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderStatus;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.command.OrderCommands;

/** The seller will not cancel: the order goes on where it was. Denying the same request again is harmless. */
@RestController
class DenyCancellationController {
  private final OrderCommands commands;

  DenyCancellationController(OrderCommands commands) {
    this.commands = commands;
  }

  @PostMapping("/api/orders/pvt/document/{orderId}/deny-cancellation-request")
  void deny(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.require();
    var id = Fields.requiredText(sent, "cancellationRequestId").replace("-", "").toLowerCase();
    var denied = new Change.CancelDenied(id, Fields.requiredText(sent, "denyReason"));
    commands.change(
        caller.order(orderId),
        caller.by(),
        (order, decision) -> {
          decide(order, decision, denied);
          return Map.of();
        });
  }

  private static void decide(Order order, Decision decision, Change.CancelDenied denied) {
    var requests = order.cancellationRequests();
    var request = requests.stream().filter(r -> r.id().equals(denied.requestId())).findFirst();
    boolean askedElsewhere = requests.isEmpty() && order.imported().isPresent(); // its id is another system's, which may not have told it
    if (request.isEmpty() && !askedElsewhere) throw ApiError.invalid("cancellationRequestId", "The order has no cancellation request " + denied.requestId() + ".");
    if (request.filter(r -> r.deniedAt() != null).isPresent()) return;
    if (order.status() == OrderStatus.CANCELED) throw new ApiError(HttpStatus.BAD_REQUEST, "OMS004", "The order is already canceled.");
    switch (order.status()) {
      case CANCELLATION_REQUESTED -> decision.move(before(order), denied);
      case WAITING_FOR_SELLER_DECISION -> decision.move(OrderStatus.PAYMENT_APPROVED, denied);
      default -> throw new ApiError(
          HttpStatus.BAD_REQUEST, "OMS003", "Order status should be cancellation-requested or waiting-for-seller-decision to perform this action");
    }
  }

  /** Where the order stood when its cancellation was asked for. */
  private static OrderStatus before(Order order) {
    return order.events().stream()
        .filter(e -> e.isTransition() && e.status() == OrderStatus.CANCELLATION_REQUESTED)
        .reduce((earlier, later) -> later)
        .map(OrderEvent::lastStatus)
        .filter(status -> status == OrderStatus.READY_FOR_HANDLING)
        .orElse(OrderStatus.HANDLING);
  }
}
