package shop.orders.workflow.step;

import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;
import shop.orders.model.Change.ChangeOutcome;
import shop.orders.model.Change.ChangeSettled;
import shop.orders.model.ChangeRequests;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.workflow.command.Agenda;
import shop.orders.workflow.command.OrderCommands;

/** Nobody confirmed in time that the customer paid what a change costs more: the order stays as it was. */
@Component
class ChangeDeadline implements Step {
  private final OrderCommands commands;
  private final Agenda agenda;
  private final Clock clock;

  ChangeDeadline(OrderCommands commands, Agenda agenda, Clock clock) {
    this.commands = commands;
    this.agenda = agenda;
    this.clock = clock;
  }

  @Override
  public OrderStatus status() {
    return OrderStatus.HANDLING;
  }

  @Override
  public Verdict run(Order order) {
    commands.change(
        order.key(),
        "system",
        (current, decision) -> {
          boolean isOver = agenda.changeExpires(current).filter(at -> !at.isAfter(clock.instant())).isPresent();
          if (isOver) {
            ChangeRequests.waiting(current)
                .ifPresent(asked -> decision.record(new ChangeSettled(asked.asked().requestId(), ChangeOutcome.CANCELED, "Nobody confirmed it in time")));
          }
          return Map.of();
        });
    return new Verdict.Done();
  }
}
