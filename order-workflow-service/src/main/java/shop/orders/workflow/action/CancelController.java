package shop.orders.workflow.action;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.CancelAsked;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.command.OrderCommands;
import tools.jackson.databind.JsonNode;

/** Cancels an order, or asks for it where somebody must agree first. Asking twice is harmless. */
@RestController
class CancelController {
  private final OrderCommands commands;
  private final Cancellation cancellation;

  CancelController(OrderCommands commands, Cancellation cancellation) {
    this.commands = commands;
    this.cancellation = cancellation;
  }

  @PostMapping("/api/oms/pvt/orders/{orderId}/cancel")
  Receipt cancel(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.optional();
    return take(caller, orderId, asked(sent, Fields.flag(sent, "requestedByUser"), caller.seller() != null));
  }

  /**
   * The outside marketplace asks: what the shopper's request is to our own orders.
   *
   * @return null, an empty body, while the seller has not decided
   */
  @PostMapping("/api/fulfillment/pvt/orders/{orderId}/cancel")
  @Nullable Receipt cancelForMarketplace(Caller caller, @PathVariable String orderId, JsonBody body) {
    var answer = new Receipt[1];
    var order = change(caller, orderId, asked(body.optional(), true, false), answer);
    return order.status() == OrderStatus.CANCELLATION_REQUESTED ? null : answer[0];
  }

  private static CancelAsked asked(JsonNode sent, boolean byUser, boolean bySeller) {
    return new CancelAsked(Fields.text(sent, "reason"), byUser, false, bySeller);
  }

  private Receipt take(Caller caller, String orderId, CancelAsked asked) {
    var answer = new Receipt[1];
    change(caller, orderId, asked, answer);
    return answer[0];
  }

  private Order change(Caller caller, String orderId, CancelAsked asked, Receipt[] answer) {
    var before = new AtomicLong();
    var after =
        commands.change(
            caller.order(orderId),
            caller.by(),
            (order, decision) -> {
              before.set(order.version());
              cancellation.decide(order, decision, asked);
              return Map.of();
            });
    answer[0] = Receipt.of(after, before.get());
    return after;
  }
}
