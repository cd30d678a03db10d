package shop.orders.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to an order, line by line, worked out when it was asked for. It is kept in the change's document, so that what was
 * agreed on stays agreed on.
 *
 * @param lines those whose quantity or value changes; lines of {@code added} among them
 * @param added items the order has not had, appended to its items with quantity 0; {@code lines} says how many
 * @param logistics fields of {@code shippingData.logisticsInfo} to be set, each with its {@code itemIndex}
 * @param shipping what shipping costs more, in cents
 * @param discount taken off the whole order, in cents, zero or more
 * @param increment put on the whole order, in cents, zero or more
 * @param customFields to be set; {@code customFieldsGone} are removed before
 * @param client fields of {@code clientProfileData} to be set
 */
public record ChangeEffect(
    List<Line> lines,
    List<Map<String, @Nullable Object>> added,
    List<Map<String, @Nullable Object>> logistics,
    long shipping,
    long discount,
    long increment,
    List<Map<String, @Nullable Object>> customFields,
    List<Map<String, @Nullable Object>> customFieldsGone,
    Map<String, @Nullable Object> client) {

  /**
   * What happens to one line.
   *
   * @param quantity pieces more
   * @param value cents more
   * @param items cents more in the total of items, before discounts
   * @param discounts cents more in the total of discounts, which is negative where there are any
   */
  public record Line(int itemIndex, long quantity, long value, long items, long discounts) {}

  /** What the order costs more, in cents. @throws ArithmeticException if that is beyond counting */
  public long total() {
    long total = Math.addExact(shipping, Math.subtractExact(increment, discount));
    for (var line : lines) total = Math.addExact(total, line.value);
    return total;
  }

  /** What the change does beyond its lines: to be borne by all of them. */
  long beyondLines() {
    return total() - lines.stream().mapToLong(Line::value).sum();
  }

  /** Puts this into a change's document. Who the customer is stands apart, since the store keeps and erases that apart. */
  public void into(Map<String, @Nullable Object> document) {
    var effect = new LinkedHashMap<String, @Nullable Object>();
    effect.put("lines", lines.stream().map(ChangeEffect::tree).toList());
    effect.put("added", added);
    effect.put("logistics", logistics);
    effect.put("shipping", shipping);
    effect.put("discount", discount);
    effect.put("increment", increment);
    effect.put("customFields", customFields);
    effect.put("customFieldsGone", customFieldsGone);
    document.put("effect", effect);
    if (!client.isEmpty()) document.put("clientProfileData", client);
  }

  /** What {@link #into} put there. */
  static ChangeEffect of(Map<String, @Nullable Object> document) {
    if (!(document.get("effect") instanceof Map<?, ?> effect)) throw new IllegalArgumentException("not the document of a change: " + document.keySet());
    var lines = new ArrayList<Line>();
    for (var line : OrderDocument.objects(effect.get("lines"))) {
      lines.add(
          new Line(
              (int) OrderDocument.number(line.get("itemIndex")),
              OrderDocument.number(line.get("quantity")),
              OrderDocument.number(line.get("value")),
              OrderDocument.number(line.get("items")),
              OrderDocument.number(line.get("discounts"))));
    }
    var client = new LinkedHashMap<String, @Nullable Object>();
    if (document.get("clientProfileData") instanceof Map<?, ?> told) told.forEach((name, value) -> client.put(String.valueOf(name), value));
    return new ChangeEffect(
        lines,
        OrderDocument.objects(effect.get("added")),
        OrderDocument.objects(effect.get("logistics")),
        OrderDocument.number(effect.get("shipping")),
        OrderDocument.number(effect.get("discount")),
        OrderDocument.number(effect.get("increment")),
        OrderDocument.objects(effect.get("customFields")),
        OrderDocument.objects(effect.get("customFieldsGone")),
        client);
  }

  private static Map<String, @Nullable Object> tree(Line line) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("itemIndex", line.itemIndex);
    tree.put("quantity", line.quantity);
    tree.put("value", line.value);
    tree.put("items", line.items);
    tree.put("discounts", line.discounts);
    return tree;
  }
}
