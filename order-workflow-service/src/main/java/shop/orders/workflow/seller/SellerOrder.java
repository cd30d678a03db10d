package shop.orders.workflow.seller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;

/** An order as a seller is given it: the body of the fulfillment protocol's placement. */
final class SellerOrder {
  private static final List<String> OF_ITEMS =
      List.of(
          "id", "quantity", "seller", "commission", "freightCommission", "price", "bundleItems", "itemAttachment", "attachments", "priceTags",
          "measurementUnit", "unitMultiplier", "isGift");

  private SellerOrder() {}

  /** @param servicesEndpoint where the seller reports what it did */
  static Map<String, @Nullable Object> of(Order order, OrderDocument document, String servicesEndpoint) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("marketplaceOrderId", order.key().orderId());
    body.put("marketplaceServicesEndpoint", servicesEndpoint);
    body.put("marketplacePaymentValue", document.value());
    body.put("isCreatedAsync", false);
    body.put("items", items(document, order.toldSeller().orElse(null)));
    for (var name : List.of("clientProfileData", "shippingData")) body.put(name, Objects.requireNonNullElse(document.at(name), Map.of()));
    body.put("paymentData", null);
    for (var name : List.of("marketingData", "openTextField", "customData")) body.put(name, document.at(name));
    return body;
  }

  /** With the price the shopper pays: discounts are the marketplace's. */
  private static List<Map<String, @Nullable Object>> items(OrderDocument document, @Nullable String seller) {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var line : OrderDocument.objects(document.at("items"))) {
      var item = new LinkedHashMap<String, @Nullable Object>();
      for (var name : OF_ITEMS) if (line.containsKey(name)) item.put(name, line.get(name));
      if (line.get("sellingPrice") != null) item.put("price", line.get("sellingPrice"));
      if (seller != null) item.put("seller", seller); // it may have been found after the order was placed
      items.add(item);
    }
    return items;
  }
}
