package shop.orders.workflow.step;

import java.util.Map;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;

/** An outside marketplace placed an order and never said to fulfil it. */
@Component
class FulfillmentNeverCame implements Step {
  private final OrderCommands commands;

  FulfillmentNeverCame(OrderCommands commands) {
    this.commands = commands;
  }

  @Override
  public OrderStatus status() {
    return OrderStatus.WAITING_FFMT_AUTHORIZATION;
  }

  @Override
  public Verdict run(Order order) {
    commands.change(
        order.key(),
        "system",
        (current, decision) -> {
          if (current.status() == status()) Moves.cancel(decision, new Change.CancelAsked("The marketplace did not ask for fulfillment in time", false, true));
          return Map.of();
        });
    return new Verdict.Done();
  }
}
