package shop.orders.workflow.step;

import java.util.Map;
import org.springframework.stereotype.Component;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.workflow.command.OrderCommands;

/** The shopper can no longer cancel without consent: the seller may begin. */
@Component
class GraceWindowEnds implements Step {
  private final OrderCommands commands;

  GraceWindowEnds(OrderCommands commands) {
    this.commands = commands;
  }

  @Override
  public OrderStatus status() {
    return OrderStatus.WINDOW_TO_CANCEL;
  }

  @Override
  public Verdict run(Order order) {
    commands.change(
        order.key(),
        "system",
        (current, decision) -> {
          if (current.status() == status()) decision.move(OrderStatus.READY_FOR_HANDLING);
          return Map.of();
        });
    return new Verdict.Done();
  }
}
