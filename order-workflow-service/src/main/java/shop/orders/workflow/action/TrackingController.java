package shop.orders.workflow.action;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** The carrier reports where a package is: the account by PUT, an outside seller by POST. Of a report only what is new to the order is kept. */
@RestController
class TrackingController {
  private final Actions actions;

  TrackingController(Actions actions) {
    this.actions = actions;
  }

  @RequestMapping(path = "/api/oms/pvt/orders/{orderId}/invoice/{invoiceNumber}/tracking", method = {RequestMethod.PUT, RequestMethod.POST})
  Receipt track(Caller caller, @PathVariable String orderId, @PathVariable String invoiceNumber, JsonBody body) {
    var tracked = tracked(invoiceNumber, body.require());
    return actions.take(
        caller,
        orderId,
        "tracking",
        (order, decision) -> {
          InvoiceController.requireInvoice(order, invoiceNumber);
          PackageNews.record(order, decision, tracked);
        });
  }

  private static Change.Tracked tracked(String invoiceNumber, JsonNode body) {
    if (!body.isObject()) throw ApiError.invalid("body", "The body must be a tracking report.");
    Fields.requiredText(body, "isDelivered");
    var events =
        Fields.list(body, "events").stream()
            .map(e -> new Change.CarrierEvent(Fields.text(e, "city"), Fields.text(e, "state"), Fields.text(e, "description"), Fields.text(e, "date")))
            .toList();
    var tracked = new Change.Tracked(invoiceNumber, Fields.flag(body, "isDelivered"), Fields.text(body, "deliveredDate"), events);
    PackageNews.check(tracked);
    return tracked;
  }
}
