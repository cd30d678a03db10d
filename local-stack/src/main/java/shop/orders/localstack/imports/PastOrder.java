package shop.orders.localstack.imports;

import static shop.orders.model.OrderStatus.*;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.imports.Life.Step;
import shop.orders.model.Domain;
import shop.orders.model.Flow;
import shop.orders.model.OrderStatus;
import shop.orders.model.VtexDates;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a document to place the document it would be by now: who it is, where it stands, dates, package, timeline. */
public final class PastOrder {
  private PastOrder() {}

  /**
   * @param orderGroup the order's id without the {@code -01} of its only part
   * @param sequence the account's running number; the invoice has its last nine digits
   */
  public record Identity(String account, String orderGroup, String sequence) {
    public String orderId() {
      return orderGroup + "-01";
    }
  }

  /** @param order as {@code OrderDocuments} makes it; it becomes the past order */
  public static void write(ObjectNode order, Identity identity, Life life) {
    order.put("orderId", identity.orderId())
        .put("sequence", identity.sequence())
        .put("sellerOrderId", "00-" + identity.orderId())
        .put("orderGroup", identity.orderGroup())
        .put("hostname", identity.account())
        .put("status", life.status().wire())
        .put("statusDescription", life.status().description())
        .put("creationDate", VtexDates.document(life.created()))
        .put("lastChange", VtexDates.document(life.lastChange()))
        .put("authorizedDate", date(life.authorized()))
        .put("invoicedDate", date(life.invoiced()))
        .put("allowCancellation", mayBeCanceled(life.status()))
        .put("allowEdition", life.status() == HANDLING);
    for (var logistics : order.get("shippingData").get("logisticsInfo")) {
      ((ObjectNode) logistics).put("shippingEstimateDate", VtexDates.document(life.promised()));
    }
    if (life.status() == CANCELED) cancellation(order, life);
    if (life.status() == INVOICED) pack((ArrayNode) order.get("packageAttachment").get("packages"), order, identity, life);
    workflow(order.putObject("workflowData"), identity, life.timeline());
  }

  private static boolean mayBeCanceled(OrderStatus status) {
    return Flow.COMPLETE.next(status).stream().anyMatch(next -> next == CANCEL || next == CANCELLATION_REQUESTED);
  }

  private static void cancellation(ObjectNode order, Life life) {
    order.put("cancelReason", life.cancelReason());
    order.putObject("cancellationData")
        .put("RequestedByUser", false)
        .put("RequestedBySystem", false)
        .put("RequestedBySellerNotification", true)
        .put("RequestedByPaymentNotification", false)
        .put("Reason", life.cancelReason())
        .put("CancellationDate", date(life.entered(CANCELED)));
  }

  /** One package with everything in it. */
  private static void pack(ArrayNode packages, ObjectNode order, Identity identity, Life life) {
    var number = identity.sequence().substring(Math.max(0, identity.sequence().length() - 9));
    var content = packages.addObject();
    var items = content.putArray("items");
    for (var item : order.get("items")) {
      items.addObject()
          .put("itemIndex", items.size() - 1)
          .put("quantity", item.get("quantity").asInt())
          .put("price", item.get("sellingPrice").asLong())
          .putNull("description")
          .put("unitMultiplier", 1.0);
    }
    content.put("courier", order.get("shippingData").get("logisticsInfo").get(0).get("deliveryCompany").asString())
        .put("invoiceNumber", number)
        .put("invoiceValue", order.get("value").asLong())
        .putNull("invoiceUrl")
        .put("issuanceDate", date(life.invoiced()))
        .put("trackingNumber", life.carried() == null ? null : "BR" + number)
        .putNull("invoiceKey")
        .putNull("trackingUrl")
        .put("embeddedInvoice", "")
        .put("type", "Output");
    courier(content, order, life);
    content.putNull("cfop").putNull("restitutions").putNull("volumes").putNull("EnableInferItems");
  }

  private static void courier(ObjectNode content, ObjectNode order, Life life) {
    if (life.carried() == null && !life.arrived()) {
      content.putNull("courierStatus");
      return;
    }
    var status = content.putObject("courierStatus")
        .put("status", life.arrived() ? "delivered" : "in-transit")
        .put("finished", life.arrived())
        .put("deliveredDate", life.arrived() ? date(life.delivered()) : null);
    var lines = status.putArray("data");
    var address = order.get("shippingData").get("address");
    if (life.carried() != null) line(lines, life.carried(), "Objeto postado", null, null);
    if (life.delivered() != null) line(lines, life.delivered(), "Objeto entregue ao destinatário", address.get("city").asString(), address.get("state").asString());
  }

  private static void line(ArrayNode lines, Instant at, String what, @Nullable String city, @Nullable String state) {
    lines.addObject()
        .put("lastChange", VtexDates.document(at))
        .put("city", city)
        .put("state", state)
        .put("description", what)
        .put("createDate", VtexDates.document(at));
  }

  /** The marketplace's instance up to the payment, then the seller's, if it came to that. */
  private static void workflow(ObjectNode workflow, Identity identity, List<Step> timeline) {
    var instances = workflow.put("mainFlowIndex", 0).putArray("instances");
    var sellersHalf = timeline.stream().map(Step::status).toList().indexOf(WINDOW_TO_CANCEL);
    int paid = sellersHalf < 0 ? timeline.size() : sellersHalf;
    instance(instances.addObject(), Domain.MARKETPLACE, identity, timeline.subList(0, paid));
    if (sellersHalf >= 0) instance(instances.addObject(), Domain.FULFILLMENT, identity, timeline.subList(paid, timeline.size()));
  }

  private static void instance(ObjectNode instance, Domain domain, Identity identity, List<Step> steps) {
    var last = steps.get(steps.size() - 1);
    var name = identity.account() + "/" + identity.orderId() + "/" + domain.wire();
    instance.put("id", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString())
        .put("name", domain.wire())
        .put("currentStepName", last.status().wire())
        .put("currentStepDescription", last.status().description())
        .put("lastChange", VtexDates.feed(last.at()))
        .put("isInError", false)
        .put("isInAutomaticRetry", false)
        .put("creationDate", VtexDates.feed(steps.get(0).at()));
    var timeLine = instance.putArray("timeLine");
    for (var step : steps) {
      timeLine.addObject().put("stepName", step.status().wire()).put("date", VtexDates.feed(step.at())).put("parentStepName", parent(step.status()));
    }
  }

  private static String parent(OrderStatus status) {
    return switch (status) {
      case ORDER_CREATED, ON_ORDER_COMPLETED -> "creating";
      case PAYMENT_PENDING, APPROVE_PAYMENT, PAYMENT_APPROVED -> "approving-transaction";
      case START_HANDLING -> "handling";
      case CANCELLATION_REQUESTED -> "accepting-cancel";
      case CANCEL -> "canceling";
      default -> status.wire();
    };
  }

  private static @Nullable String date(@Nullable Instant at) {
    return at == null ? null : VtexDates.document(at);
  }
}
