package shop.orders.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
    var all = new LinkedHashMap<>(revision(order, documents, order.placed().documentRev()));
    if (order.imported().isPresent()) {
      if (order.version() > 1) change(order, documents, all);
      return all;
    }
    own(order, all);
    change(order, documents, all);
    var ordered = new LinkedHashMap<String, @Nullable Object>();
    for (var name : DocumentShape.topLevel()) if (all.containsKey(name)) ordered.put(name, all.get(name));
    return ordered;
  }

  /** What is the server's in an order that was placed here. */
  private static void own(Order order, Map<String, @Nullable Object> all) {
    var placed = order.placed();
    var orderId = order.key().orderId();
    all.put("orderId", orderId);
    all.put("sequence", placed.sequence());
    all.put("sellerOrderId", order.flow() == Flow.SOLD_ELSEWHERE ? orderId : "00-" + orderId);
    all.put("origin", order.origin());
    all.put("creationDate", VtexDates.document(order.createdAt()));
    all.put("orderGroup", placed.orderGroup());
    all.put("hostname", order.key().account());
    all.put("isCompleted", order.isComplete());
    for (var name : List.of("authorizedDate", "invoicedDate", "cancelReason", "cancellationData", "changesAttachment")) all.put(name, null);
  }

  /** What the events that happened here changed; what came with the order and did not change since stays to the letter. */
  private static void change(Order order, Map<String, Map<String, @Nullable Object>> documents, Map<String, @Nullable Object> all) {
    all.put("status", order.status().shown());
    all.put("workflowIsInError", order.error().isPresent());
    all.put("statusDescription", order.status().description());
    all.put("lastChange", VtexDates.document(order.changedAt()));
    all.put("allowCancellation", order.flow().allows(order.status(), Trigger.CANCEL) && order.invoices().isEmpty());
    all.put("allowEdition", order.status() == OrderStatus.HANDLING);
    order.authorizedHere().ifPresent(at -> all.put("authorizedDate", VtexDates.document(at)));
    order.enteredHere(OrderStatus.INVOICED).ifPresent(at -> all.put("invoicedDate", VtexDates.document(at)));
    order.cancellation().ifPresent(e -> all.put("cancelReason", ((Change.CancelAsked) e.change()).reason()));
    if (order.enteredHere(OrderStatus.CANCELED).isPresent()) all.put("cancellationData", cancellationData(order));
    if (!order.cancellationRequests().isEmpty()) all.put("cancellationRequests", order.cancellationRequests().stream().map(OrderView::cancellationRequest).toList());
    order.changes(Change.SellerChanged.class).stream().reduce((earlier, later) -> later).ifPresent(changed -> changeSeller(changed.seller(), all));
    order.lastMessage().ifPresent(words -> all.put("lastMessage", words));
    all.put("packageAttachment", packageAttachment(order, documents, all.get("packageAttachment")));
    ChangedDocument.show(order, documents, all);
    if (all.get("workflowData") instanceof Map<?, ?> told) all.put("workflowData", WorkflowDataView.goneOn(told, order));
  }

  private static Map<String, @Nullable Object> cancellationRequest(Order.CancellationRequest request) {
    var shown = map("id", request.id());
    shown.put("reason", request.reason());
    shown.put("cancellationRequestDate", VtexDates.feed(request.at()));
    shown.put("requestedByUser", request.byUser());
    shown.put("deniedBySeller", request.deniedAt() != null);
    shown.put("deniedBySellerReason", request.denyReason());
    shown.put("cancellationRequestDenyDate", request.deniedAt() == null ? null : VtexDates.feed(request.deniedAt()));
    return shown;
  }

  /** The lines of the order are another seller's now. */
  private static void changeSeller(String seller, Map<String, @Nullable Object> all) {
    all.put("items", OrderDocument.objects(all.get("items")).stream().map(item -> with(item, "seller", seller)).toList());
    all.put("sellers", OrderDocument.objects(all.get("sellers")).stream().limit(1).map(one -> with(one, "id", seller)).map(one -> with(one, "name", seller)).toList());
  }

  private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
    var changed = new LinkedHashMap<>(fields);
    changed.put(name, value);
    return changed;
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
              data.put("RequestedBySellerNotification", asked.bySeller() || (isSeller(order) && !asked.byUser() && !asked.bySystem()));
              data.put("RequestedByPaymentNotification", false);
              data.put("Reason", asked.reason());
              data.put("CancellationDate", VtexDates.feed(order.enteredHere(OrderStatus.CANCELED).orElse(order.changedAt())));
              return data;
            })
        .orElse(null);
  }

  /** Whether the account ships the order itself, so that its keys speak for the seller. */
  private static boolean isSeller(Order order) {
    return order.flow() == Flow.COMPLETE || order.flow() == Flow.SOLD_ELSEWHERE;
  }

  /** @param before what came with the order; null for nothing */
  private static Map<String, @Nullable Object> packageAttachment(
      Order order, Map<String, Map<String, @Nullable Object>> documents, @Nullable Object before) {
    var attachment = new LinkedHashMap<String, @Nullable Object>();
    if (before instanceof Map<?, ?> came) came.forEach((name, value) -> attachment.put(String.valueOf(name), value));
    attachment.put("packages", packages(order, documents, attachment.get("packages")));
    return attachment;
  }

  /** The order's packages as they are shown, with what was learned of them since their invoices. */
  static List<Map<String, @Nullable Object>> packages(Order order, Map<String, Map<String, @Nullable Object>> documents, @Nullable Object before) {
    var packages = new ArrayList<Map<String, @Nullable Object>>();
    for (var came : OrderDocument.objects(before)) packages.add(new LinkedHashMap<>(came));
    for (var invoice : order.changes(Invoiced.class)) packages.add(new LinkedHashMap<>(revision(order, documents, invoice.documentRev())));
    for (var patch : order.changes(Change.InvoicePatched.class)) PackagePatches.apply(patch, packages);
    var reports = order.events().stream().filter(e -> e.change() instanceof Tracked).toList();
    for (var fields : packages) {
      var own = reports.stream().filter(e -> ((Tracked) e.change()).invoiceNumber().equals(OrderDocument.text(fields.get("invoiceNumber")))).toList();
      if (!own.isEmpty()) fields.put("courierStatus", courierStatus(own, fields.get("courierStatus")));
    }
    return packages;
  }

  /** The last report says whether the package is delivered; lines add up over all of them, a line sent again counts once. */
  private static Map<String, @Nullable Object> courierStatus(List<OrderEvent> reports, @Nullable Object before) {
    var earlier = before instanceof Map<?, ?> status ? OrderDocument.objects(status.get("data")) : List.<Map<String, @Nullable Object>>of();
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
    status.put("data", Stream.concat(earlier.stream(), data.values().stream().filter(line -> earlier.stream().noneMatch(e -> saysTheSame(e, line)))).toList());
    return status;
  }

  private static boolean saysTheSame(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    return Stream.of("lastChange", "city", "state", "description").allMatch(name -> Objects.equals(one.get(name), other.get(name)));
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
