package shop.orders.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code totals} of an order that was changed: whatever the others do not explain stands in {@code Change}, so that they add up to its value. */
final class ChangedTotals {
  private static final String REST = "Change";

  private ChangedTotals() {}

  static List<Map<String, @Nullable Object>> of(List<Map<String, @Nullable Object>> before, List<ChangeEffect> effects, long value) {
    var totals = new ArrayList<Map<String, @Nullable Object>>();
    for (var total : before) if (!REST.equals(total.get("id"))) totals.add(new LinkedHashMap<>(total));
    var lines = effects.stream().flatMap(e -> e.lines().stream()).toList();
    add(totals, "Items", "Items Total", lines.stream().mapToLong(ChangeEffect.Line::items).sum());
    add(totals, "Discounts", "Discounts Total", lines.stream().mapToLong(ChangeEffect.Line::discounts).sum());
    add(totals, "Shipping", "Shipping Total", effects.stream().mapToLong(ChangeEffect::shipping).sum());
    add(totals, "Tax", "Tax Total", 0);
    long rest = value - totals.stream().mapToLong(t -> OrderDocument.number(t.get("value"))).sum();
    if (rest != 0) add(totals, REST, "Change Total", rest);
    return totals;
  }

  private static void add(List<Map<String, @Nullable Object>> totals, String id, String name, long cents) {
    for (var total : totals) {
      if (!id.equals(total.get("id"))) continue;
      total.put("value", OrderDocument.number(total.get("value")) + cents);
      return;
    }
    var total = new LinkedHashMap<String, @Nullable Object>();
    total.put("id", id);
    total.put("name", name);
    total.put("value", cents);
    totals.add(total);
  }
}
