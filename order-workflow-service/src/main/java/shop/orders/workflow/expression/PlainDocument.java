package shop.orders.workflow.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document of the kinds of values JSONata has. */
final class PlainDocument {
  private PlainDocument() {}

  /**
   * A copy: maps, lists, texts, booleans, Long and Double.
   *
   * @throws OverBudget if it nests too deep
   */
  static @Nullable Object of(@Nullable Object value) {
    return of(value, 0);
  }

  private static @Nullable Object of(@Nullable Object value, int depth) {
    if (depth > Budget.DEEPEST_VALUE) throw new OverBudget("a document nested deeper than " + Budget.DEEPEST_VALUE);
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((name, inner) -> copy.put(String.valueOf(name), of(inner, depth + 1)));
      return copy;
    }
    if (value instanceof Iterable<?> list) {
      var copy = new ArrayList<@Nullable Object>();
      list.forEach(inner -> copy.add(of(inner, depth + 1)));
      return copy;
    }
    if (value instanceof Number number) return number(number);
    return value == null || value instanceof Boolean ? value : value.toString();
  }

  /** Numbers of a billion digits, which are written with a few, are beyond all that computes with them. */
  private static Number number(Number number) {
    if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) return number.longValue();
    double d = number.doubleValue();
    if (Double.isNaN(d) || Double.isInfinite(d)) throw new OverBudget("a number beyond all measure");
    return d == Math.rint(d) && Math.abs(d) < 1L << 53 ? (Number) (long) d : (Number) d;
  }
}
