package shop.orders.workflow.action;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.TriedAgain;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.Rest;
import shop.orders.model.Trigger;
import shop.orders.web.Caller;
import shop.orders.workflow.command.Agenda;
import shop.orders.workflow.command.Onward;

/** "Try again": a person has the workflow go on with an order that failed, or that another system left in a status orders only pass. */
@RestController
class RetryController {
  private final Actions actions;
  private final Agenda agenda;
  private final Onward onward;
  private final WrongState wrongState;

  RetryController(Actions actions, Agenda agenda, Onward onward, WrongState wrongState) {
    this.actions = actions;
    this.agenda = agenda;
    this.onward = onward;
    this.wrongState = wrongState;
  }

  @PostMapping("/api/oms/pvt/orders/{orderId}/retry")
  Receipt retry(Caller caller, @PathVariable String orderId) {
    return actions.take(caller, orderId, "retry", (order, decision) -> decide(order, decision));
  }

  private void decide(Order order, Decision decision) {
    if (order.flow().allows(order.status(), Trigger.RETRY)) createAgain(order, decision);
    else if (agenda.rest(order).filter(Rest::isPassing).isPresent()) onward.go(order, decision);
    else if (order.error().isPresent()) decision.record(new TriedAgain());
    else throw wrongState.because("Nothing of the order has failed that could be tried again.");
  }

  private void createAgain(Order order, Decision decision) {
    decision.move(OrderStatus.ORDER_CREATED, new TriedAgain());
    if (order.toldSeller().isEmpty()) onward.go(order, decision); // an imported one, whose seller is not told
  }
}
