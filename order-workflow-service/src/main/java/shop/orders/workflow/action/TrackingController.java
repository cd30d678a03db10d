package shop.orders.workflow.action;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.Order;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** The carrier reports where a package is. The same report sent again changes nothing. */
@RestController
class TrackingController {
  private final Actions actions;

  TrackingController(Actions actions) {
    this.actions = actions;
  }

  @PutMapping("/api/oms/pvt/orders/{orderId}/invoice/{invoiceNumber}/tracking")
  Receipt track(Caller caller, @PathVariable String orderId, @PathVariable String invoiceNumber, JsonBody body) {
    var tracked = tracked(invoiceNumber, body.require());
    return actions.take(
        caller,
        orderId,
        "tracking",
        (order, decision) -> {
          InvoiceController.requireInvoice(order, invoiceNumber);
          if (!tracked.equals(last(order, invoiceNumber))) decision.record(tracked);
        });
  }

  private static Change.@Nullable Tracked last(Order order, String invoiceNumber) {
    return order.changes(Change.Tracked.class).stream()
        .filter(t -> t.invoiceNumber().equals(invoiceNumber))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  private static Change.Tracked tracked(String invoiceNumber, JsonNode body) {
    if (!body.isObject()) throw ApiError.invalid("body", "The body must be a tracking report.");
    Fields.requiredText(body, "isDelivered");
    var events =
        Fields.list(body, "events").stream()
            .map(e -> new Change.CarrierEvent(Fields.text(e, "city"), Fields.text(e, "state"), Fields.text(e, "description"), Fields.text(e, "date")))
            .toList();
    return new Change.Tracked(invoiceNumber, Fields.flag(body, "isDelivered"), Fields.text(body, "deliveredDate"), events);
  }
}
