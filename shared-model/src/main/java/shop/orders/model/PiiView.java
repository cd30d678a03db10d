package shop.orders.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows an order as the document of the {@code /api/orders} family. Order expressions of feeds and hooks are about this one. */
public final class PiiView {
  /** In the order of the public sample. What stands here and nowhere else is shown as null. */
  private static final List<String> FIELDS =
      List.of(
          "id", "sellerOrderId", "orderFormId", "origin", "orderGroup", "items", "marketplaceItems", "authorizedDate", "subscriptionData", "taxData",
          "invoicedDate", "marketplaceOrderId", "marketplaceServicesEndpoint", "clientProfileData", "giftRegistryData", "emailTracked", "isCheckedIn",
          "approvedBy", "cancelledBy", "canceledBy", "cancelReason", "callCenterOperatorData", "allowCancellation", "allowEdition", "roundingError",
          "salesChannel", "salesChannelData", "customData", "changesAttachment", "commercialConditionData", "shippingData", "packageAttachment",
          "marketplace", "contextData", "lastMessage", "status", "handlingData", "documentVersion", "appVersion", "workflowData",
          "checkedInPickupPointId", "fingerPrint", "piiHidden", "workflowIsInError", "callCenterOperator", "state", "timeZoneCreationDate",
          "timeZoneLastChange", "userType", "clientPreferencesData", "orderId", "workflowInstanceId", "creationDate", "totals", "sequence", "receiptData",
          "isCompleted", "openTextField", "affiliateId", "value", "hostname", "followUpEmail", "lastChange", "sellers", "marketingData",
          "ratesAndBenefitsData", "paymentData", "invoiceData", "storePreferencesData", "merchantName", "itemMetadata", "creationEnvironment",
          "cancellationData", "cancellationRequests");

  private PiiView() {}

  /**
   * The document of {@code GET /api/orders/pvt/document/{orderId}}.
   *
   * @param documents the order's documents by revision, as for {@link OrderView#document}
   * @throws IllegalArgumentException if the placed document or a package's is not among {@code documents}
   */
  public static Map<String, @Nullable Object> document(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    var shown = OrderView.document(order, documents);
    var all = new LinkedHashMap<String, @Nullable Object>();
    for (var name : FIELDS) all.put(name, shown.get(name));
    shown.forEach(all::putIfAbsent);
    all.remove("statusDescription"); // the other family's alone
    names(order, all);
    dates(order, all);
    contents(shown, all);
    cancellation(order, all);
    all.put("receiptData", receiptData(order));
    all.put("workflowData", WorkflowDataView.full(documents.get(order.placed().documentRev()).get("workflowData"), order));
    return all;
  }

  private static void names(Order order, Map<String, @Nullable Object> all) {
    all.put("id", order.key().orderId());
    all.put("orderId", order.key().orderId());
    all.put("state", order.status().shown());
    all.put("piiHidden", false);
    all.put("isCheckedIn", Boolean.TRUE.equals(all.get("isCheckedIn")));
    if ("".equals(all.get("marketplaceOrderId"))) all.put("marketplaceOrderId", null);
    for (var name : List.of("callCenterOperator", "userType")) if (all.get(name) == null) all.put(name, "");
    if (all.get("creationEnvironment") == null) all.put("creationEnvironment", "STABLE");
  }

  private static void dates(Order order, Map<String, @Nullable Object> all) {
    all.put("creationDate", VtexDates.feed(order.createdAt()));
    all.put("lastChange", VtexDates.feed(order.changedAt()));
    all.put("authorizedDate", order.authorizedAt().map(VtexDates::feed).orElse(null));
    all.put("invoicedDate", order.invoicedAt().map(VtexDates::feed).orElse(null));
    var zone = all.get("storePreferencesData") instanceof Map<?, ?> store ? OrderDocument.text(store.get("timeZone")) : null;
    all.put("timeZoneCreationDate", local(order.createdAt(), zone));
    all.put("timeZoneLastChange", local(order.changedAt(), zone));
  }

  /** The clock on the store's wall, with the Z that the public API writes after it all the same. */
  private static String local(Instant at, @Nullable String zone) {
    return VtexDates.feed(LocalDateTime.ofInstant(at, StoreTimeZone.of(zone)).toInstant(ZoneOffset.UTC));
  }

  private static void contents(Map<String, @Nullable Object> shown, Map<String, @Nullable Object> all) {
    all.put("items", OrderDocument.objects(shown.get("items")).stream().map(PiiView::item).toList());
    all.put("itemMetadata", lowerKeys(shown.get("itemMetadata")));
    all.put("salesChannelData", salesChannelData(shown));
  }

  /** With its categories by id, where they are known. */
  private static Map<String, @Nullable Object> item(Map<String, @Nullable Object> line) {
    var categories = new LinkedHashMap<String, @Nullable Object>();
    if (line.get("additionalInfo") instanceof Map<?, ?> info) {
      for (var category : OrderDocument.objects(info.get("categories"))) categories.put(String.valueOf(category.get("id")), category.get("name"));
    }
    var item = new LinkedHashMap<String, @Nullable Object>();
    item.put("productCategories", categories);
    item.putAll(line);
    return item;
  }

  private static Map<String, @Nullable Object> salesChannelData(Map<String, @Nullable Object> shown) {
    var store = shown.get("storePreferencesData") instanceof Map<?, ?> map ? map : Map.of();
    var data = new LinkedHashMap<String, @Nullable Object>();
    for (var name : List.of("countryCode", "currencyCode", "currencyFormatInfo", "currencyLocale", "cultureInfo", "currencySymbol", "timeZone")) {
      data.put(name, store.get(name));
    }
    data.put("id", shown.get("salesChannel"));
    data.put("name", null);
    data.put("isActive", null);
    return data;
  }

  private static void cancellation(Order order, Map<String, @Nullable Object> all) {
    var canceled = order.enteredHere(OrderStatus.CANCELED).flatMap(at -> order.cancellation());
    canceled.ifPresent(event -> all.put("cancelledBy", event.by()));
    canceled.ifPresent(event -> all.put("canceledBy", event.by()));
    var data = lowerKeys(all.get("cancellationData"));
    if (data instanceof Map<?, ?> map) {
      var withId = new LinkedHashMap<Object, @Nullable Object>(map);
      withId.putIfAbsent("cancellationRequestId", canceled.map(OrderEvent::receipt).orElse(null));
      data = withId;
    }
    all.put("cancellationData", data);
    if (all.get("cancellationRequests") == null) all.put("cancellationRequests", List.of());
  }

  /** What the payment's, the seller's and the marketplace's side confirmed: here they are one system, so by the order's events. */
  private static Map<String, @Nullable Object> receiptData(Order order) {
    var receipts = new ArrayList<Map<String, @Nullable Object>>();
    boolean soldHere = order.flow().origin().equals(Domain.MARKETPLACE.wire());
    var approved = soldHere ? order.authorizedAt() : Optional.<Instant>empty();
    approved.ifPresent(at -> receipts.add(receipt("authorizePayment", at)));
    order.entered(OrderStatus.CANCELED)
        .ifPresent(
            at -> {
              if (approved.isPresent()) receipts.add(receipt("cancelPayment", at));
              receipts.add(receipt("sellerCancellation", at));
              if (soldHere) receipts.add(receipt("marketPlaceCancellation", at));
            });
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("receiptCollection", receipts);
    return data;
  }

  private static Map<String, @Nullable Object> receipt(String type, Instant at) {
    var receipt = new LinkedHashMap<String, @Nullable Object>();
    receipt.put("receiptType", type);
    receipt.put("date", VtexDates.feed(at));
    return receipt;
  }

  /** This family begins every name small, at all depths. */
  private static @Nullable Object lowerKeys(@Nullable Object value) {
    if (value instanceof List<?> list) return list.stream().map(PiiView::lowerKeys).toList();
    if (!(value instanceof Map<?, ?> map)) return value;
    var lower = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, inner) -> {
      var name = String.valueOf(key);
      lower.put(name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1), lowerKeys(inner));
    });
    return lower;
  }
}
