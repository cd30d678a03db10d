package shop.orders.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The document of an order that was changed: items, amounts, shipping and whom it is for as the changes left them. */
final class ChangedDocument {
  private ChangedDocument() {}

  /** Puts the changes that were done into {@code all}; leaves it to the letter if there are none. */
  static void show(Order order, Map<String, Map<String, @Nullable Object>> documents, Map<String, @Nullable Object> all) {
    var done = ChangeRequests.of(order).stream().filter(a -> a.state() == ChangeRequests.State.DONE).toList();
    if (done.isEmpty()) return;
    var effects = done.stream().map(a -> ChangeRequests.effect(order, a, documents)).toList();
    all.put("items", items(OrderDocument.objects(all.get("items")), effects));
    all.put("value", order.value());
    all.put("totals", ChangedTotals.of(OrderDocument.objects(all.get("totals")), effects, order.value()));
    for (var effect : effects) {
      if (!effect.logistics().isEmpty()) all.put("shippingData", shippingData(all.get("shippingData"), effect));
      if (!effect.customFields().isEmpty() || !effect.customFieldsGone().isEmpty()) all.put("customData", CustomFields.changed(all.get("customData"), effect));
      if (!effect.client().isEmpty()) all.put("clientProfileData", merged(all.get("clientProfileData"), effect.client()));
    }
    all.put("changesAttachment", changesAttachment(order, done, documents, all.get("changesAttachment")));
  }

  /**
   * Items as the changes left them. A line that nobody wants any more stays, with quantity 0: packages name lines by their index.
   *
   * @throws IllegalArgumentException if a change names a line that is not there
   */
  static List<Map<String, @Nullable Object>> items(List<Map<String, @Nullable Object>> placed, List<ChangeEffect> effects) {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var item : placed) items.add(new LinkedHashMap<>(item));
    for (var effect : effects) {
      for (var added : effect.added()) items.add(new LinkedHashMap<>(added));
      for (var line : effect.lines()) {
        if (line.itemIndex() >= items.size()) throw new IllegalArgumentException("a change names line " + line.itemIndex() + " of " + items.size());
        var item = items.get(line.itemIndex());
        item.compute("quantity", (name, before) -> OrderDocument.number(before) + line.quantity());
        if (line.quantity() != 0 && item.get("priceDefinition") instanceof Map<?, ?> definition) item.put("priceDefinition", priceDefinition(definition, item));
      }
    }
    return items;
  }

  /**
   * How the pieces that are left come to what they cost. Where they cost different cents, those named first are kept; those that came, or were
   * not named, cost the item's price.
   */
  private static Map<String, @Nullable Object> priceDefinition(Map<?, ?> before, Map<String, @Nullable Object> item) {
    long open = OrderDocument.number(item.get("quantity"));
    var prices = new ArrayList<Map<String, @Nullable Object>>();
    for (var price : OrderDocument.objects(before.get("sellingPrices"))) {
      long pieces = Math.min(open, OrderDocument.number(price.get("quantity")));
      if (pieces <= 0) continue;
      open -= pieces;
      prices.add(sellingPrice(OrderDocument.number(price.get("value")), pieces));
    }
    var last = prices.isEmpty() ? null : prices.get(prices.size() - 1);
    long each = OrderDocument.number(item.get(item.get("sellingPrice") == null ? "price" : "sellingPrice"));
    if (open > 0 && last != null && OrderDocument.number(last.get("value")) == each) last.put("quantity", OrderDocument.number(last.get("quantity")) + open);
    else if (open > 0) prices.add(sellingPrice(each, open));
    var definition = merged(before, Map.of());
    definition.put("sellingPrices", prices);
    definition.put("total", prices.stream().mapToLong(p -> OrderDocument.number(p.get("value")) * OrderDocument.number(p.get("quantity"))).sum());
    return definition;
  }

  private static Map<String, @Nullable Object> sellingPrice(long value, long quantity) {
    var price = new LinkedHashMap<String, @Nullable Object>();
    price.put("value", value);
    price.put("quantity", quantity);
    return price;
  }

  private static Map<String, @Nullable Object> shippingData(@Nullable Object before, ChangeEffect effect) {
    var data = merged(before, Map.of());
    var logistics = new ArrayList<Map<String, @Nullable Object>>();
    for (var entry : OrderDocument.objects(data.get("logisticsInfo"))) logistics.add(new LinkedHashMap<>(entry));
    for (var change : effect.logistics()) {
      var index = OrderDocument.number(change.get("itemIndex"));
      var entry = logistics.stream().filter(e -> e.get("itemIndex") instanceof Number n && n.longValue() == index).findFirst();
      entry.ifPresentOrElse(e -> e.putAll(change), () -> logistics.add(new LinkedHashMap<>(change)));
    }
    data.put("logisticsInfo", logistics);
    return data;
  }

  private static Map<String, @Nullable Object> changesAttachment(
      Order order, List<ChangeRequests.Asked> done, Map<String, Map<String, @Nullable Object>> documents, @Nullable Object before) {
    var attachment = merged(before, Map.of());
    attachment.putIfAbsent("id", "changeAttachment");
    var changes = new ArrayList<Map<String, @Nullable Object>>(OrderDocument.objects(attachment.get("changesData")));
    for (var asked : done) {
      var document = Objects.requireNonNull(documents.get(asked.asked().documentRev()));
      var change = new LinkedHashMap<String, @Nullable Object>();
      change.put("reason", asked.asked().reason());
      change.put("discountValue", asked.asked().manualDiscount());
      change.put("incrementValue", asked.asked().manualIncrement());
      change.put("itemsAdded", OrderDocument.objects(document.get("itemsAdded")));
      change.put("itemsRemoved", OrderDocument.objects(document.get("itemsRemoved")));
      var receipt = new LinkedHashMap<String, @Nullable Object>();
      receipt.put("date", VtexDates.document(asked.at()));
      receipt.put("orderId", order.key().orderId());
      receipt.put("receipt", asked.commandId().toString());
      change.put("receipt", receipt);
      changes.add(change);
    }
    attachment.put("changesData", changes);
    return attachment;
  }

  private static Map<String, @Nullable Object> merged(@Nullable Object before, Map<String, @Nullable Object> more) {
    var merged = new LinkedHashMap<String, @Nullable Object>();
    if (before instanceof Map<?, ?> told) told.forEach((name, value) -> merged.put(String.valueOf(name), value));
    merged.putAll(more);
    return merged;
  }
}
