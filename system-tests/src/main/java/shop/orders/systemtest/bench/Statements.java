package shop.orders.systemtest.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Statements the workflow service sent to Cassandra, by kind, as its metrics count them.
 *
 * @param counts by kind: conditional, write, read, serial-read
 */
record Statements(Map<String, Double> counts) {
  private static final Pattern LINE = Pattern.compile("^orders_store_statements_total\\{.*?kind=\"([a-z-]+)\".*?} (\\S+)$", Pattern.MULTILINE);

  /** @param metrics in Prometheus' text form */
  static Statements parse(String metrics) {
    var counts = new TreeMap<String, Double>();
    var lines = LINE.matcher(metrics);
    while (lines.find()) counts.put(lines.group(1), Double.parseDouble(lines.group(2)));
    if (counts.isEmpty()) throw new IllegalStateException("the workflow service counts no statements (orders_store_statements_total)");
    return new Statements(counts);
  }

  Statements plus(Statements other) {
    return minus(other.times(-1));
  }

  Statements minus(Statements other) {
    var left = new TreeMap<>(counts);
    other.counts.forEach((kind, count) -> left.merge(kind, -count, Double::sum));
    return new Statements(left);
  }

  Statements times(double factor) {
    var product = new TreeMap<String, Double>();
    counts.forEach((kind, count) -> product.put(kind, count * factor));
    return new Statements(product);
  }

  double of(String kind) {
    return counts.getOrDefault(kind, 0.0);
  }
}
