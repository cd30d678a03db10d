package shop.orders.workflow.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shop.orders.model.BlankItem;
import shop.orders.model.InvalidDocument;
import shop.orders.model.OrderDocument;

/**
 * An order as an outside marketplace sends it, and what it is as an order document.
 *
 * @param sent what came, for the echo the marketplace expects
 * @param diverges whether it was sold at another price than its lines add up to, which the marketplace says may be
 */
record MarketplaceOrder(String orderId, Map<String, @Nullable Object> sent, OrderDocument document, boolean diverges) {

  /** @throws InvalidDocument if something the marketplace must send is missing or wrong */
  static MarketplaceOrder of(Object one, String affiliateId, String salesChannel) {
    if (!(one instanceof Map<?, ?> map)) throw new InvalidDocument("body", "must be an order");
    var sent = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((name, value) -> sent.put(String.valueOf(name), value));
    for (var name : List.of("marketplaceOrderId", "marketplaceServicesEndpoint", "marketplacePaymentValue", "items", "clientProfileData", "shippingData")) {
      if (sent.get(name) == null) throw new InvalidDocument(name, "is required");
    }
    var marketplaceOrderId = String.valueOf(sent.get("marketplaceOrderId"));
    if (marketplaceOrderId.isBlank() || marketplaceOrderId.length() > 150) throw new InvalidDocument("marketplaceOrderId", "must have 1 to 150 characters");
    var orderId = affiliateId + "-" + marketplaceOrderId;
    var document = OrderDocument.placed(document(orderId, sent, affiliateId, salesChannel));
    return new MarketplaceOrder(orderId, sent, document, Boolean.TRUE.equals(sent.get("isCreatedAsync")) && sum(document) != document.value());
  }

  private static long sum(OrderDocument document) {
    return OrderDocument.objects(document.at("totals")).stream().mapToLong(total -> (long) total.get("value")).sum();
  }

  private static Map<String, @Nullable Object> document(String orderId, Map<String, @Nullable Object> sent, String affiliateId, String salesChannel) {
    var items = items(sent.get("items"), orderId);
    long goods = items.stream().mapToLong(i -> cents(i.get("price"), "items[].price") * cents(i.get("quantity"), "items[].quantity")).sum();
    long shipping =
        sent.get("shippingData") instanceof Map<?, ?> data
            ? OrderDocument.objects(data.get("logisticsInfo")).stream().mapToLong(l -> cents(l.get("price"), "shippingData.logisticsInfo[].price")).sum()
            : 0;
    var document = new LinkedHashMap<String, @Nullable Object>(sent);
    document.put("affiliateId", affiliateId);
    document.put("salesChannel", salesChannel);
    document.put("value", sent.get("marketplacePaymentValue"));
    document.put("items", items);
    setIfNull(document, "sellers", sellers(items));
    setIfNull(document, "paymentData", Map.of("giftCards", List.of(), "transactions", List.of()));
    document.put("totals", List.of(total("Items", "Total dos Itens", goods), total("Discounts", "Total dos Descontos", 0), total("Shipping", "Total do Frete", shipping), total("Tax", "Total da Taxa", 0)));
    return document;
  }

  /** With the fields that every order's items have: marketplaces send few of them. */
  private static List<Map<String, @Nullable Object>> items(@Nullable Object sent, String orderId) {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var one : OrderDocument.objects(sent)) {
      var item = BlankItem.fields();
      one.forEach((name, value) -> { if (value != null) item.put(name, value); });
      setIfNull(item, "uniqueId", BlankItem.uniqueId(orderId + "/" + items.size()));
      setIfNull(item, "price", 0L);
      setIfNull(item, "sellingPrice", item.get("price"));
      setIfNull(item, "listPrice", item.get("price"));
      setIfNull(item, "measurementUnit", "un");
      setIfNull(item, "unitMultiplier", 1L);
      items.add(item);
    }
    return items;
  }

  private static List<Map<String, @Nullable Object>> sellers(List<Map<String, @Nullable Object>> items) {
    return items.stream().map(item -> item.get("seller")).distinct().map(MarketplaceOrder::seller).toList();
  }

  private static Map<String, @Nullable Object> seller(@Nullable Object id) {
    var seller = new LinkedHashMap<String, @Nullable Object>();
    seller.put("id", id);
    seller.put("name", id);
    seller.put("logo", "");
    seller.put("fulfillmentEndpoint", null);
    return seller;
  }

  private static void setIfNull(Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
    if (fields.get(name) == null) fields.put(name, value);
  }

  private static Map<String, @Nullable Object> total(String id, String name, long value) {
    var total = new LinkedHashMap<String, @Nullable Object>();
    total.put("id", id);
    total.put("name", name);
    total.put("value", value);
    return total;
  }

  private static long cents(@Nullable Object value, String field) {
    if (value == null) return 0;
    if (value instanceof Long number && Math.abs(number) <= 1_000_000_000L) return number;
    throw new InvalidDocument(field, "must be a whole number up to 10^9, was " + Objects.toString(value));
  }
}
