package shop.orders.workflow.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.ChangeRequests;
import shop.orders.model.ChangeRequests.State;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.VtexDates;
import shop.orders.store.OrderStore;
import shop.orders.web.Caller;
import shop.orders.workflow.action.OrderReads;

/** All changes of an order that were done, as one. */
@RestController
class ChangeSummaryController {
  private static final List<String> ITEM =
      List.of(
          "id", "uniqueId", "totalQuantity", "quantity", "price", "measurementUnit", "unitMultiplier", "imageUrl", "sellingPrice", "priceTags", "detailUrl", "name", "refId",
          "deliveryIds");

  private final OrderReads orders;
  private final OrderStore store;

  ChangeSummaryController(OrderReads orders, OrderStore store) {
    this.orders = orders;
    this.store = store;
  }

  @GetMapping("/api/orders/pvt/document/{orderId}/change-summary")
  Map<String, @Nullable Object> summary(Caller caller, @PathVariable String orderId) {
    var order = orders.require(caller, orderId);
    return summary(order, store.documents(order.key()));
  }

  private static Map<String, @Nullable Object> summary(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    var done = ChangeRequests.of(order).stream().filter(a -> a.state() == State.DONE).toList();
    var added = new ArrayList<Map<String, @Nullable Object>>();
    var removed = new ArrayList<Map<String, @Nullable Object>>();
    var replaced = new ArrayList<Map<String, @Nullable Object>>();
    var totals = new LinkedHashMap<String, Long>();
    for (var asked : done) {
      var change = ShownChange.document(order, asked, documents);
      for (var item : items(change.get("add"))) added.add(came(item));
      for (var item : items(change.get("remove"))) removed.add(went(item));
      for (var replace : OrderDocument.objects(change.get("replace"))) replaced.add(replaced(replace));
      for (var total : OrderDocument.objects(change.get("totals"))) totals.merge(String.valueOf(total.get("id")), number(total.get("value")), Long::sum);
    }
    var placed = documents.getOrDefault(order.placed().documentRev(), Map.of());
    var summary = new LinkedHashMap<String, @Nullable Object>();
    summary.put("original", original(placed));
    summary.put("added", added);
    summary.put("removed", removed);
    summary.put("replaced", replaced);
    summary.put("manualDiscountValueAggregated", done.stream().mapToLong(a -> a.asked().manualDiscount()).sum());
    summary.put("manualIncrementValueAggregated", done.stream().mapToLong(a -> a.asked().manualIncrement()).sum());
    summary.put("totalChangesValueAggregated", done.stream().mapToLong(a -> a.asked().totalChange()).sum());
    summary.put("totals", Stream.of("Items", "Discounts", "Shipping", "Tax").map(id -> total(id, totals.getOrDefault(id, 0L))).toList());
    summary.put("lastChange", done.isEmpty() ? null : VtexDates.feed(done.get(done.size() - 1).at()));
    return summary;
  }

  private static Map<String, @Nullable Object> replaced(Map<String, @Nullable Object> replace) {
    var from = items(replace.get("from"));
    var to = items(replace.get("to"));
    var kind = kind(from, to);
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("replaceType", kind);
    shown.put("userInputType", kind);
    shown.put("from", half(from.stream().map(ChangeSummaryController::went).toList()));
    shown.put("to", half(to.stream().map(ChangeSummaryController::came).toList()));
    shown.put("type", "UserInput");
    return shown;
  }

  private static String kind(List<Map<String, @Nullable Object>> from, List<Map<String, @Nullable Object>> to) {
    boolean isSameSku = from.size() == 1 && to.size() == 1 && from.get(0).get("id").equals(to.get(0).get("id"));
    if (!isSameSku) return "ItemChange";
    if (number(from.get(0).get("sellingPrice")) == number(to.get(0).get("sellingPrice"))) return "QuantityChange";
    return String.valueOf(from.get(0).get("unitMultiplier")).equals(String.valueOf(to.get(0).get("unitMultiplier"))) ? "PriceChange" : "WeightChange";
  }

  private static Map<String, @Nullable Object> half(List<Map<String, @Nullable Object>> items) {
    var half = new LinkedHashMap<String, @Nullable Object>();
    half.put("items", items);
    half.put("shippingData", null);
    return half;
  }

  private static Map<String, @Nullable Object> came(Map<String, @Nullable Object> item) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    for (var name : ITEM) shown.put(name, item.get(name));
    shown.put("totalQuantity", item.get("quantity"));
    for (var name : List.of("priceTags", "deliveryIds")) shown.putIfAbsent(name, List.of());
    return shown;
  }

  private static Map<String, @Nullable Object> went(Map<String, @Nullable Object> item) {
    var shown = came(item);
    shown.remove("totalQuantity");
    return shown;
  }

  private static List<Map<String, @Nullable Object>> original(Map<String, @Nullable Object> placed) {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var item : OrderDocument.objects(placed.get("items"))) {
      var shown = new LinkedHashMap<String, @Nullable Object>();
      shown.put("totalQuantity", item.get("quantity"));
      shown.put("quantity", item.get("quantity"));
      shown.put("deliveryIds", deliveryIds(placed, items.size()));
      shown.put("itemIndex", (long) items.size());
      shown.putAll(item);
      items.add(shown);
    }
    return items;
  }

  private static Object deliveryIds(Map<String, @Nullable Object> placed, long index) {
    if (!(placed.get("shippingData") instanceof Map<?, ?> shipping)) return List.of();
    return OrderDocument.objects(shipping.get("logisticsInfo")).stream()
        .filter(l -> l.get("itemIndex") instanceof Number n && n.longValue() == index)
        .map(l -> OrderDocument.objects(l.get("deliveryIds")))
        .findFirst()
        .orElse(List.of());
  }

  private static Map<String, @Nullable Object> total(String id, long value) {
    var total = new LinkedHashMap<String, @Nullable Object>();
    total.put("id", id);
    total.put("name", id + " Total");
    total.put("value", value);
    total.put("alternativeTotals", null);
    return total;
  }

  private static List<Map<String, @Nullable Object>> items(@Nullable Object part) {
    return part instanceof Map<?, ?> fields ? OrderDocument.objects(fields.get("items")) : List.of();
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
