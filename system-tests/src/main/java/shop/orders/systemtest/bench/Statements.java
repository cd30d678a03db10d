package shop.orders.systemtest.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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

  /** As the service's metrics say now. */
  static Statements of(URI workflow) {
    try {
      var request = HttpRequest.newBuilder(workflow.resolve("/actuator/prometheus")).timeout(Duration.ofSeconds(10)).build();
      return parse(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException("the workflow service does not tell its metrics: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Per second while nobody asks for anything. */
  static Statements idle(URI workflow, Duration watched) throws InterruptedException {
    var before = of(workflow);
    long from = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(watched.toNanos());
    return of(workflow).minus(before).times(1e9 / (System.nanoTime() - from));
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
