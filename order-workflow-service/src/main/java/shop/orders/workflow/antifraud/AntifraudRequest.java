package shop.orders.workflow.antifraud;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;

/** The provider protocol's view of an order: its own names, amounts as decimals, never cents. */
final class AntifraudRequest {
  private static final DateTimeFormatter NO_ZONE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private AntifraudRequest() {}

  /** 32 hex digits; the payment's own where it has one, else always the same for the same order. */
  static String transactionId(Order order, OrderDocument document) {
    return document.payments().stream()
        .map(OrderDocument.Payment::transactionId)
        .filter(Objects::nonNull)
        .filter(id -> id.matches("[0-9A-Fa-f]{32}"))
        .findFirst()
        .orElseGet(() -> UUID.nameUUIDFromBytes(order.key().toString().getBytes(StandardCharsets.UTF_8)).toString().replace("-", ""))
        .toUpperCase();
  }

  static Map<String, @Nullable Object> of(Order order, OrderDocument document) {
    var request = new LinkedHashMap<String, @Nullable Object>();
    request.put("id", transactionId(order, document));
    request.put("reference", order.key().orderId());
    request.put("value", decimal(document.value()));
    request.put("ip", null);
    request.put("store", order.key().account());
    request.put("deviceFingerprint", null);
    request.put("miniCart", miniCart(document));
    request.put("payments", payments(document));
    request.put("hook", null);
    request.put("transactionStartDate", NO_ZONE.format(order.createdAt()));
    request.put("merchantSettings", List.of());
    return request;
  }

  private static Map<String, @Nullable Object> miniCart(OrderDocument document) {
    var address = address(document);
    var buyer = new LinkedHashMap<String, @Nullable Object>();
    buyer.put("id", document.textAt("clientProfileData", "userProfileId"));
    for (var name : List.of("firstName", "lastName", "document", "documentType", "email", "phone")) {
      buyer.put(name, document.textAt("clientProfileData", name));
    }
    buyer.put("address", address);
    var shipping = new LinkedHashMap<String, @Nullable Object>();
    shipping.put("value", decimal(total(document, "Shipping")));
    shipping.put("estimatedDate", null);
    shipping.put("address", address);
    var cart = new LinkedHashMap<String, @Nullable Object>();
    cart.put("buyer", buyer);
    cart.put("shipping", shipping);
    cart.put("items", items(document));
    cart.put("taxValue", decimal(total(document, "Tax")));
    return cart;
  }

  private static List<Map<String, @Nullable Object>> items(OrderDocument document) {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var item : document.items()) {
      var shown = new LinkedHashMap<String, @Nullable Object>();
      shown.put("id", item.id());
      shown.put("name", item.name());
      shown.put("price", decimal(item.sellingPrice()));
      shown.put("quantity", item.quantity());
      shown.put("discount", decimal(item.price() - item.sellingPrice()));
      shown.put("sellerId", item.seller());
      items.add(shown);
    }
    return items;
  }

  private static List<Map<String, @Nullable Object>> payments(OrderDocument document) {
    var currency = Objects.requireNonNullElse(document.textAt("storePreferencesData", "currencyCode"), "BRL");
    var payments = new ArrayList<Map<String, @Nullable Object>>();
    for (var payment : document.payments()) {
      var shown = new LinkedHashMap<String, @Nullable Object>();
      shown.put("id", payment.id());
      shown.put("method", payment.group());
      shown.put("name", payment.systemName());
      shown.put("value", decimal(payment.value()));
      shown.put("currencyIso4217", currency);
      payments.add(shown);
    }
    return payments;
  }

  private static Map<String, @Nullable Object> address(OrderDocument document) {
    var address = new LinkedHashMap<String, @Nullable Object>();
    for (var name : List.of("country", "street", "number", "complement", "neighborhood", "postalCode", "city", "state")) {
      address.put(name, document.textAt("shippingData", "address", name));
    }
    return address;
  }

  private static long total(OrderDocument document, String id) {
    return OrderDocument.objects(document.at("totals")).stream()
        .filter(t -> id.equals(t.get("id")) && t.get("value") instanceof Number)
        .mapToLong(t -> ((Number) Objects.requireNonNull(t.get("value"))).longValue())
        .sum();
  }

  private static BigDecimal decimal(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }
}
