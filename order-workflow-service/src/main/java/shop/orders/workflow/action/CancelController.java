package shop.orders.workflow.action;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.CancelAsked;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** Cancels an order, or asks for it where somebody must agree first. Asking twice is harmless. */
@RestController
class CancelController {
  private final Actions actions;
  private final Cancellation cancellation;

  CancelController(Actions actions, Cancellation cancellation) {
    this.actions = actions;
    this.cancellation = cancellation;
  }

  @PostMapping({"/api/oms/pvt/orders/{orderId}/cancel", "/api/orders/pvt/document/{orderId}/cancel"})
  Receipt cancel(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.optional();
    var asked = asked(sent, Fields.flag(sent, "requestedByUser"), caller.seller() != null);
    return actions.take(caller, orderId, "cancel", (order, decision) -> cancellation.decide(order, decision, asked));
  }

  /**
   * The outside marketplace asks: what the shopper's request is to our own orders.
   *
   * @return null, an empty body, while the seller has not decided
   */
  @PostMapping("/api/fulfillment/pvt/orders/{orderId}/cancel")
  @Nullable Receipt cancelForMarketplace(Caller caller, @PathVariable String orderId, JsonBody body) {
    var asked = asked(body.optional(), true, false);
    var taken = actions.takeAndTell(caller, orderId, "cancel", (order, decision) -> cancellation.decide(order, decision, asked));
    return taken.order().openCancellation().isPresent() ? null : taken.receipt();
  }

  private static CancelAsked asked(JsonNode sent, boolean byUser, boolean bySeller) {
    return new CancelAsked(Fields.text(sent, "reason"), byUser, false, bySeller);
  }
}
