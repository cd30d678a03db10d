package shop.orders.workflow.expression;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How big values are when written out. An expression builds a value of a thousand lines that says the same part a million times; whatever
 * compares it, casts it or looks through it visits each. So each list and map is weighed once, by what it holds, when it first comes up.
 */
final class Weights {
  /** Characters that weigh as much as one value. */
  private static final int CHARACTERS = 16;

  private final IdentityHashMap<Object, Weighed> known = new IdentityHashMap<>();

  private record Weighed(int size, long weight, int depth) {}

  /** @throws OverBudget if it nests too deep, or one of its lists and maps is longer than allowed */
  long of(@Nullable Object value) {
    return weighed(value, 0).weight();
  }

  static long ofText(CharSequence text) {
    return 1 + text.length() / CHARACTERS;
  }

  private Weighed weighed(@Nullable Object value, int above) {
    if (value instanceof CharSequence text) return new Weighed(0, ofText(text), 0);
    if (!(value instanceof List<?>) && !(value instanceof Map<?, ?>)) return new Weighed(0, 1, 0);
    int size = value instanceof List<?> list ? list.size() : ((Map<?, ?>) value).size();
    if (size < 0 || size > Budget.MOST_ELEMENTS) throw new OverBudget("a list or an object of more than " + Budget.MOST_ELEMENTS + " elements");
    var before = known.get(value);
    if (before != null && before.size() == size) return before;
    if (above > Budget.DEEPEST_VALUE) throw tooDeep();
    var weighed = value instanceof List<?> list ? list(list, above) : map((Map<?, ?>) value, above);
    if (weighed.depth() > Budget.DEEPEST_VALUE) throw tooDeep();
    known.put(value, weighed);
    return weighed;
  }

  private Weighed list(List<?> list, int above) {
    long weight = 1;
    int depth = 0;
    for (var element : list) {
      var inner = weighed(element, above + 1);
      weight += inner.weight();
      depth = Math.max(depth, inner.depth());
    }
    return new Weighed(list.size(), weight, depth + 1);
  }

  private Weighed map(Map<?, ?> map, int above) {
    long weight = 1;
    int depth = 0;
    for (var entry : map.entrySet()) {
      var inner = weighed(entry.getValue(), above + 1);
      weight += ofText(String.valueOf(entry.getKey())) + inner.weight();
      depth = Math.max(depth, inner.depth());
    }
    return new Weighed(map.size(), weight, depth + 1);
  }

  private static OverBudget tooDeep() {
    return new OverBudget("values nested deeper than " + Budget.DEEPEST_VALUE);
  }
}
