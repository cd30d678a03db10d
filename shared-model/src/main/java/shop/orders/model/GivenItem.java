package shop.orders.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shop.orders.model.ChangeRequest.Given;

/**
 * What a change adds, with its prices found.
 *
 * @param price of one unit in cents
 * @param sellingPrice of one piece in cents
 * @param like an item of the order of the same SKU; null if it has none
 */
record GivenItem(Given given, long price, long sellingPrice, BigDecimal unitMultiplier, @Nullable Map<String, @Nullable Object> like) {

  /** @throws InvalidDocument if nothing says what it costs */
  static GivenItem of(Given given, List<Map<String, @Nullable Object>> items) {
    var like = like(given, items);
    if (given.sellingPrice() != null || given.price() != null) {
      var multiplier = given.unitMultiplier() != null ? given.unitMultiplier() : like == null ? BigDecimal.ONE : Units.multiplier(like);
      long price = given.price() != null ? given.price() : Units.ofUnit(given.sellingPrice(), multiplier);
      long selling = given.sellingPrice() != null ? given.sellingPrice() : Units.cents(price, multiplier);
      return new GivenItem(given, price, selling, multiplier, like);
    }
    if (like == null) {
      throw new InvalidDocument("items", "must say the price of item " + given.id() + ": it is not in the order, and there is no catalogue here to ask");
    }
    var had = Units.multiplier(like);
    var multiplier = Objects.requireNonNullElse(given.unitMultiplier(), had);
    long selling = selling(like);
    if (multiplier.compareTo(had) != 0) {
      selling = BigDecimal.valueOf(selling).multiply(multiplier).divide(had, 0, RoundingMode.HALF_UP).longValueExact();
    }
    return new GivenItem(given, OrderDocument.number(like.get("price")), selling, multiplier, like);
  }

  /** What one piece costs before discounts, in cents. */
  long listPrice() {
    return Math.max(Units.cents(price, unitMultiplier), sellingPrice);
  }

  /** The line it can be added to: of the same SKU, price and size; -1 if it must be one of its own. */
  int lineIn(List<Map<String, @Nullable Object>> items) {
    int found = -1;
    for (int i = items.size() - 1; i >= 0; i--) {
      var item = items.get(i);
      if (!given.id().equals(OrderDocument.text(item.get("id"))) || selling(item) != sellingPrice || Units.multiplier(item).compareTo(unitMultiplier) != 0) continue;
      if (given.uniqueId() != null && given.uniqueId().equals(OrderDocument.text(item.get("uniqueId")))) return i;
      found = i;
    }
    return found;
  }

  /** A line of its own, with quantity 0. @param seed of its unique id, unless it brings one that no other line has */
  Map<String, @Nullable Object> fields(List<Map<String, @Nullable Object>> items, String seed) {
    var fields = like == null ? BlankItem.fields() : new LinkedHashMap<>(like);
    fields.putAll(given.fields());
    boolean isFree = given.uniqueId() != null && items.stream().noneMatch(i -> given.uniqueId().equals(OrderDocument.text(i.get("uniqueId"))));
    fields.put("uniqueId", isFree ? given.uniqueId() : BlankItem.uniqueId(seed));
    fields.put("id", given.id());
    fields.put("quantity", 0L);
    fields.put("price", price);
    fields.put("sellingPrice", sellingPrice);
    if (like == null || !Objects.equals(OrderDocument.number(like.get("price")), price)) fields.put("listPrice", price);
    fields.put("unitMultiplier", unitMultiplier);
    var definition = new LinkedHashMap<String, @Nullable Object>();
    var each = new LinkedHashMap<String, @Nullable Object>();
    each.put("value", sellingPrice);
    each.put("quantity", given.quantity());
    definition.put("sellingPrices", List.of(each));
    definition.put("calculatedSellingPrice", sellingPrice);
    definition.put("total", Math.multiplyExact(sellingPrice, given.quantity()));
    fields.put("priceDefinition", definition);
    return fields;
  }

  private static @Nullable Map<String, @Nullable Object> like(Given given, List<Map<String, @Nullable Object>> items) {
    var same = items.stream().filter(i -> given.id().equals(OrderDocument.text(i.get("id")))).toList();
    var meant = same.stream().filter(i -> given.uniqueId() != null && given.uniqueId().equals(OrderDocument.text(i.get("uniqueId")))).findFirst();
    return meant.or(() -> same.stream().findFirst()).orElse(null);
  }

  private static long selling(Map<String, @Nullable Object> item) {
    return item.get("sellingPrice") == null ? OrderDocument.number(item.get("price")) : OrderDocument.number(item.get("sellingPrice"));
  }
}
