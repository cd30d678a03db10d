package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An account of its own, without antifraud and grace window, and what it does with its orders. */
public final class Merchant {
  private final String account;
  private final Api api;

  private Merchant(String account, Api api) {
    this.account = account;
    this.api = api;
  }

  public static Merchant open(int port, String operatorToken) {
    var account = "t" + UUID.randomUUID().toString().substring(0, 8);
    return new Merchant(account, Api.newAccount(port, operatorToken, account, "PT0S", null));
  }

  public String account() {
    return account;
  }

  public Api api() {
    return api;
  }

  /** One line. */
  public static Map<String, Object> item(String id, long price, long quantity) {
    var item = new LinkedHashMap<String, Object>();
    item.put("id", id);
    item.put("uniqueId", (id + "F".repeat(32)).substring(0, 32));
    item.put("quantity", quantity);
    item.put("price", price);
    item.put("sellingPrice", price);
    item.put("seller", "1");
    item.put("name", "Item " + id);
    return item;
  }

  /** Places an order of these lines, with 300 cents of shipping, and pays it. @return its id; it is ready for handling */
  @SafeVarargs
  public final String ready(Map<String, Object>... items) {
    long sum = 0;
    var logistics = new ArrayList<Map<String, Object>>();
    for (var item : items) {
      sum += (long) item.get("sellingPrice") * (long) item.get("quantity");
      logistics.add(Map.of("itemIndex", logistics.size(), "price", logistics.isEmpty() ? 300 : 0, "sellingPrice", logistics.isEmpty() ? 300 : 0, "selectedSla", "Normal"));
    }
    var order = new LinkedHashMap<String, Object>();
    order.put("value", sum + 300);
    order.put("items", List.of(items));
    order.put("totals", List.of(total("Items", sum), total("Discounts", 0), total("Shipping", 300), total("Tax", 0)));
    order.put("paymentData", Map.of("transactions", List.of(Map.of("isActive", true, "payments", List.of(Map.of("id", "P1", "value", sum + 300))))));
    order.put("shippingData", Map.of("logisticsInfo", logistics));
    order.put("clientProfileData", Map.of("email", "ana@example.com", "firstName", "Ana", "lastName", "Silva"));
    var placed = api.post("/api/oms/pvt/orders", order);
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    var id = placed.json().path("orderId").asString();
    assertThat(api.post(path(id, "/payments/P1/payment-notification"), null).status()).isEqualTo(200);
    return id;
  }

  /** As {@link #ready}, and in handling. */
  @SafeVarargs
  public final String handling(Map<String, Object>... items) {
    var id = ready(items);
    assertThat(api.post(path(id, "/start-handling"), null).status()).isEqualTo(204);
    return id;
  }

  public JsonNode order(String id) {
    return api.get(path(id, "")).json();
  }

  public String status(String id) {
    return order(id).path("status").asString();
  }

  public JsonNode ledger(String id) {
    return api.get(path(id, "/ledger")).json();
  }

  /** An invoice over one item. */
  public static Map<String, Object> invoice(String number, String type, Object value, String id, @Nullable Long price, long quantity) {
    var item = new LinkedHashMap<String, Object>(Map.of("id", id, "quantity", quantity));
    if (price != null) item.put("price", price);
    return invoice(number, type, value, List.of(item));
  }

  public static Map<String, Object> invoice(String number, String type, Object value, List<Map<String, Object>> items) {
    var invoice = new LinkedHashMap<String, Object>();
    invoice.put("type", type);
    invoice.put("issuanceDate", "2026-11-23T12:00:00");
    invoice.put("invoiceNumber", number);
    invoice.put("invoiceValue", value);
    invoice.put("items", items);
    return invoice;
  }

  public Api.Answer invoices(String id, Map<String, Object> invoice) {
    return api.post(path(id, "/invoice"), invoice);
  }

  public static String path(String id, String action) {
    return "/api/oms/pvt/orders/" + id + action;
  }

  private static Map<String, Object> total(String id, long value) {
    return Map.of("id", id, "name", id + " Total", "value", value);
  }
}
