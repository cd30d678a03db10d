package shop.orders.workflow.action;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.InvoicePatched;
import shop.orders.model.PackagePatches;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/**
 * The seller tells how a package travels, after its invoice: the account by PATCH, an outside seller by POST. Only what is sent changes; the
 * same sent again changes nothing.
 */
@RestController
class PackageController {
  private final Actions actions;

  PackageController(Actions actions) {
    this.actions = actions;
  }

  @RequestMapping(path = "/api/oms/pvt/orders/{orderId}/invoice/{invoiceNumber}", method = {RequestMethod.PATCH, RequestMethod.POST})
  Receipt patch(Caller caller, @PathVariable String orderId, @PathVariable String invoiceNumber, JsonBody body) {
    var patch = patch(invoiceNumber, body.require());
    return actions.take(
        caller,
        orderId,
        "invoice-patch",
        (order, decision) -> {
          InvoiceController.requireInvoice(order, invoiceNumber);
          if (!PackagePatches.saysNothingNew(order, patch)) PackageNews.recordIfRoom(order, decision, patch);
        });
  }

  private static InvoicePatched patch(String invoiceNumber, JsonNode body) {
    if (!body.isObject()) throw ApiError.invalid("body", "The body must be what is new about a package.");
    return new InvoicePatched(
        invoiceNumber,
        Fields.requiredText(body, "trackingNumber"),
        Fields.text(body, "trackingUrl"),
        Fields.text(body, "dispatchedDate"),
        Fields.text(body, "courier"));
  }
}
