package shop.orders.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a change makes of {@code logisticsInfo}, an entry per line. */
final class ChangedShipping {
  private final List<Map<String, @Nullable Object>> before = new ArrayList<>();
  private final Map<Integer, Map<String, @Nullable Object>> changes = new TreeMap<>();

  ChangedShipping(@Nullable Object shippingData) {
    if (shippingData instanceof Map<?, ?> data) before.addAll(OrderDocument.objects(data.get("logisticsInfo")));
  }

  /** A new line goes the way the first one goes, at no cost of its own. */
  void begin(int line, String id) {
    if (before.isEmpty()) return;
    var entry = new LinkedHashMap<>(before.get(0));
    entry.put("slas", List.of());
    entry.put("itemId", id);
    put(line, entry, 0L);
  }

  /** What was sent for a line; without a {@code price} it costs what it cost. */
  void set(int line, Map<String, @Nullable Object> sent) {
    put(line, new LinkedHashMap<>(sent), sent.get("price") == null ? null : (Long) OrderDocument.number(sent.get("price")));
  }

  /** Nothing of the line is shipped any more, unless a change says so itself. */
  void drop(int line) {
    if (!changes.containsKey(line) && price(line) != 0) put(line, new LinkedHashMap<>(), 0L);
  }

  List<Map<String, @Nullable Object>> changes() {
    return List.copyOf(changes.values());
  }

  /** Cents more. @throws ArithmeticException if that is beyond counting */
  long cents() {
    long cents = 0;
    for (int line : changes.keySet()) cents = Math.addExact(cents, price(line) - priceBefore(line));
    return cents;
  }

  private void put(int line, Map<String, @Nullable Object> fields, @Nullable Long price) {
    fields.put("itemIndex", (long) line);
    if (price != null) {
      fields.put("price", price);
      fields.put("sellingPrice", price);
    }
    changes.merge(line, fields, (one, more) -> {
      var both = new LinkedHashMap<>(one);
      both.putAll(more);
      return both;
    });
  }

  private long price(int line) {
    var change = changes.get(line);
    return change != null && change.get("sellingPrice") instanceof Number price ? price.longValue() : priceBefore(line);
  }

  private long priceBefore(int line) {
    for (var entry : before) {
      if (!(entry.get("itemIndex") instanceof Number index) || index.longValue() != line) continue;
      return entry.get("sellingPrice") == null ? OrderDocument.number(entry.get("price")) : OrderDocument.number(entry.get("sellingPrice"));
    }
    return 0;
  }
}
