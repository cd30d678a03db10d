package shop.orders.workflow.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.CancelAsked;
import shop.orders.model.Change.Moved;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.Trigger;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** Moves an order by hand, along its flow's table only; what needs more than a word, an invoice above all, is not moved this way. */
@RestController
class ChangeStateController {
  private static final Set<Trigger> BY_HAND =
      EnumSet.of(
          Trigger.AUTOMATIC, Trigger.TIME, Trigger.PAYMENT_NOTIFICATION, Trigger.AUTHORIZATION, Trigger.FULFILL, Trigger.START_HANDLING, Trigger.RETRY);

  private final Actions actions;
  private final Cancellation cancellation;
  private final WrongState wrongState;

  ChangeStateController(Actions actions, Cancellation cancellation, WrongState wrongState) {
    this.actions = actions;
    this.cancellation = cancellation;
    this.wrongState = wrongState;
  }

  @PostMapping("/api/oms/pvt/orders/{orderId}/changestate/{status}")
  Receipt change(Caller caller, @PathVariable String orderId, @PathVariable String status) {
    var target = OrderStatus.of(status).orElseThrow(() -> ApiError.invalid("status", "There is no status " + (status.length() > 50 ? "of that name" : status) + "."));
    return actions.take(caller, orderId, "changestate", (order, decision) -> decide(order, decision, target));
  }

  private void decide(Order order, Decision decision, OrderStatus target) {
    if (order.status() == target) return;
    if (target == OrderStatus.CANCEL || target == OrderStatus.CANCELED) {
      cancellation.decide(order, decision, new CancelAsked("Canceled by hand", false, false));
      return;
    }
    for (var way : ways(order)) {
      if (!way.contains(target)) continue;
      way.forEach(status -> decision.move(status, new Moved("moved by hand")));
      return;
    }
    throw wrongState.expected(before(order, target));
  }

  /** Each goes on until somebody else has to act. */
  private static List<List<OrderStatus>> ways(Order order) {
    var flow = order.flow();
    var ways = new ArrayList<List<OrderStatus>>();
    for (var exit : flow.exits(order.status())) {
      if (exit.to() == OrderStatus.CANCEL || Collections.disjoint(exit.triggers(), BY_HAND)) continue;
      var way = new ArrayList<>(List.of(exit.to()));
      while (flow.rest(way.get(way.size() - 1)).isPassing()) way.add(flow.onward(way.get(way.size() - 1)));
      ways.add(way);
    }
    return ways;
  }

  /** From where the target can be reached; the order's own status if from nowhere. */
  private static OrderStatus[] before(Order order, OrderStatus target) {
    var from = order.flow().transitions().stream().filter(t -> t.to() == target).map(t -> t.from()).distinct().toArray(OrderStatus[]::new);
    return from.length == 0 ? new OrderStatus[] {order.status()} : from;
  }
}
