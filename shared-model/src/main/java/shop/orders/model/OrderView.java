package shop.orders.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.Invoiced;
import shop.orders.model.Change.Tracked;

/** Shows an order as the public document: what was placed, with the server's fields as the events left them. */
public final class OrderView {
  private OrderView() {}

  /**
   * The document of {@code GET /api/oms/pvt/orders/{orderId}}.
   *
   * @param documents the order's documents by revision: the placed one and one for each package
   * @return a JSON tree, fields in the order of the public documentation
   * @throws IllegalArgumentException if the placed document or a package's is not among {@code documents}
   */
  public static Map<String, @Nullable Object> document(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    var placed = order.placed();
    var all = new LinkedHashMap<>(revision(order, documents, placed.documentRev()));
    var orderId = order.key().orderId();
    all.put("orderId", orderId);
    all.put("sequence", placed.sequence());
    all.put("sellerOrderId", order.flow() == Flow.SOLD_ELSEWHERE ? orderId : "00-" + orderId);
    all.put("origin", order.flow().origin());
    all.put("status", order.status().wire());
    all.put("workflowIsInError", false);
    all.put("statusDescription", order.status().description());
    all.put("creationDate", VtexDates.document(order.createdAt()));
    all.put("lastChange", VtexDates.document(order.changedAt()));
    all.put("orderGroup", placed.orderGroup());
    all.put("hostname", order.key().account());
    all.put("isCompleted", true);
    all.put("allowCancellation", order.flow().next(order.status()).stream().anyMatch(OrderView::leadsToCancellation));
    all.put("allowEdition", order.status() == OrderStatus.HANDLING);
    all.put("authorizedDate", order.entered(OrderStatus.PAYMENT_APPROVED).or(() -> order.entered(OrderStatus.AUTHORIZE_FULFILLMENT)).map(VtexDates::document).orElse(null));
    all.put("invoicedDate", order.entered(OrderStatus.INVOICED).map(VtexDates::document).orElse(null));
    all.put("cancelReason", order.cancellation().map(e -> ((Change.CancelAsked) e.change()).reason()).orElse(null));
    all.put("cancellationData", order.status() == OrderStatus.CANCELED ? cancellationData(order) : null);
    all.put("changesAttachment", null);
    all.put("packageAttachment", map("packages", packages(order, documents)));
    var ordered = new LinkedHashMap<String, @Nullable Object>();
    for (var name : DocumentShape.topLevel()) if (all.containsKey(name)) ordered.put(name, all.get(name));
    return ordered;
  }

  private static boolean leadsToCancellation(OrderStatus status) {
    return status == OrderStatus.CANCEL || status == OrderStatus.CANCELLATION_REQUESTED || status == OrderStatus.REQUEST_CANCEL;
  }

  private static @Nullable Map<String, @Nullable Object> cancellationData(Order order) {
    return order
        .cancellation()
        .map(
            event -> {
              var asked = (Change.CancelAsked) event.change();
              var data = new LinkedHashMap<String, @Nullable Object>();
              data.put("RequestedByUser", asked.byUser());
              data.put("RequestedBySystem", asked.bySystem());
              data.put("RequestedBySellerNotification", !asked.byUser() && !asked.bySystem());
              data.put("RequestedByPaymentNotification", false);
              data.put("Reason", asked.reason());
              data.put("CancellationDate", VtexDates.feed(order.changedAt()));
              return data;
            })
        .orElse(null);
  }

  private static List<Map<String, @Nullable Object>> packages(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    var reports = order.events().stream().filter(e -> e.change() instanceof Tracked).toList();
    var packages = new ArrayList<Map<String, @Nullable Object>>();
    for (Invoiced invoice : order.invoices()) {
      var fields = new LinkedHashMap<>(revision(order, documents, invoice.documentRev()));
      var own = reports.stream().filter(e -> ((Tracked) e.change()).invoiceNumber().equals(invoice.number())).toList();
      if (!own.isEmpty()) fields.put("courierStatus", courierStatus(own));
      packages.add(fields);
    }
    return packages;
  }

  /** The last report says whether the package is delivered; lines add up over all of them, a line sent again counts once. */
  private static Map<String, @Nullable Object> courierStatus(List<OrderEvent> reports) {
    var data = new LinkedHashMap<Change.CarrierEvent, Map<String, @Nullable Object>>();
    for (var report : reports) {
      for (var line : ((Tracked) report.change()).events()) {
        data.computeIfAbsent(
            line,
            l -> {
              var shown = map("lastChange", l.date() == null ? VtexDates.document(report.at()) : l.date());
              shown.put("city", l.city());
              shown.put("state", l.state());
              shown.put("description", l.description());
              shown.put("createDate", l.date() == null ? VtexDates.document(report.at()) : l.date());
              return shown;
            });
      }
    }
    var last = reports.get(reports.size() - 1);
    var tracked = (Tracked) last.change();
    var status = map("status", tracked.delivered() ? "delivered" : "in-transit");
    status.put("finished", tracked.delivered());
    status.put("deliveredDate", tracked.delivered() ? delivered(tracked, last.at()) : null);
    status.put("data", List.copyOf(data.values()));
    return status;
  }

  private static String delivered(Tracked tracked, Instant reported) {
    return tracked.deliveredDate() == null ? VtexDates.document(reported) : tracked.deliveredDate();
  }

  private static Map<String, @Nullable Object> revision(Order order, Map<String, Map<String, @Nullable Object>> documents, String revision) {
    var document = documents.get(revision);
    if (document == null) throw new IllegalArgumentException("order " + order.key() + " has no document " + revision);
    return document;
  }

  private static Map<String, @Nullable Object> map(String name, @Nullable Object value) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put(name, value);
    return map;
  }
}
