package shop.orders.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies that tests send. Every order is one unit of SKU 18 at 8.60 and 3.00 for shipping. */
final class TestOrders {
  static final long VALUE = 1160;

  private TestOrders() {}

  /** @param seller {@code 1} for the account's own stock */
  static Map<String, Object> order(String seller) {
    var order = new LinkedHashMap<String, Object>();
    order.put("value", VALUE);
    order.put("items", List.of(Map.of("id", "18", "quantity", 1, "price", 860, "sellingPrice", 860, "seller", seller, "name", "Bay Max L")));
    order.put("totals", List.of(Map.of("id", "Items", "name", "Items", "value", 860), Map.of("id", "Shipping", "name", "Shipping", "value", 300)));
    order.put("paymentData", Map.of("transactions", List.of(Map.of("isActive", true, "payments", List.of(Map.of("id", "P1", "value", VALUE, "group", "creditCard"))))));
    order.put("shippingData", Map.of("logisticsInfo", List.of(Map.of("itemIndex", 0, "price", 300, "selectedSla", "Normal"))));
    order.put("clientProfileData", Map.of("email", "ana@example.com", "firstName", "Ana"));
    return order;
  }

  /** As another system tells of it. @param status null for none */
  static Map<String, Object> elsewhere(String orderId, String status, String origin, String seller, String lastChange) {
    var document = order(seller);
    document.put("orderId", orderId);
    document.put("sequence", "502556");
    document.put("status", status);
    document.put("origin", origin);
    document.put("hostname", "elsewhere");
    document.put("creationDate", "2017-02-05T10:31:49.0000000+00:00");
    document.put("lastChange", lastChange);
    return document;
  }

  /** @param value of the invoice; the order's own to cover it */
  static Map<String, Object> invoice(String number, String type, long value) {
    var invoice = new LinkedHashMap<String, Object>();
    invoice.put("type", type);
    invoice.put("issuanceDate", "2026-11-23T12:00:00");
    invoice.put("invoiceNumber", number);
    invoice.put("invoiceValue", value);
    invoice.put("items", List.of(Map.of("id", "18", "price", 860, "quantity", 1)));
    return invoice;
  }

  /** An outside marketplace's. */
  static Map<String, Object> marketplaceOrder(String marketplaceOrderId, String seller, long value) {
    var order = new LinkedHashMap<String, Object>();
    order.put("marketplaceOrderId", marketplaceOrderId);
    order.put("marketplaceServicesEndpoint", "https://mkp.example.com");
    order.put("marketplacePaymentValue", value);
    order.put("items", new ArrayList<>(List.of(Map.of("id", "18", "quantity", 1, "seller", seller, "price", 860))));
    order.put("clientProfileData", Map.of("email", "ana@example.com"));
    order.put("shippingData", Map.of("logisticsInfo", List.of(Map.of("itemIndex", 0, "price", 300))));
    return order;
  }
}
