package shop.orders.workflow.action;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderStatus;
import shop.orders.web.Caller;
import shop.orders.workflow.command.OrderCommands;

/** The ERP begins to handle an order. */
@RestController
class HandlingController {
  private final OrderCommands commands;
  private final WrongState wrongState;

  HandlingController(OrderCommands commands, WrongState wrongState) {
    this.commands = commands;
    this.wrongState = wrongState;
  }

  /** Whatever is in the body is ignored: clients send nothing, an empty object, or junk. */
  @PostMapping({"/api/oms/pvt/orders/{orderId}/start-handling", "/api/orders/pvt/document/{orderId}/actions/start-handling"})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void startHandling(Caller caller, @PathVariable String orderId) {
    commands.change(
        caller.order(orderId),
        caller.by(),
        (order, decision) -> {
          if (order.status() != OrderStatus.READY_FOR_HANDLING) throw wrongState.expected(OrderStatus.READY_FOR_HANDLING);
          decision.move(OrderStatus.START_HANDLING).move(OrderStatus.HANDLING);
          return Map.of();
        });
  }
}
