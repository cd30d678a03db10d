package shop.orders.systemtest.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.Json;
import tools.jackson.databind.JsonNode;

/** A reader of one named feed: reads ten and commits them, as an ERP does. Safe for use by many threads. */
final class FeedReader {
  static final int LOT = 10;

  private final PlainHttp http;
  private final String name;

  FeedReader(Connection connection, String name) {
    this.http = new PlainHttp(connection, 8);
    this.name = name;
  }

  /** Makes the feed; it hears of what happens from now on. @param statuses none for all */
  void configure(List<String> statuses) throws IOException {
    var config = Map.of("filter", Map.of("type", "FromWorkflow", "status", statuses), "queue", Map.of("visibilityTimeoutInSeconds", 600));
    http.post("/api/orders/feed/config?feed=" + name, Json.MAPPER.writeValueAsBytes(config), Map.of());
  }

  /** @param waitSeconds for an event, 0 to 20 */
  JsonNode read(int waitSeconds) throws IOException {
    return Json.MAPPER.readTree(http.get("/api/orders/feed?feed=" + name + "&maxlot=" + LOT + (waitSeconds == 0 ? "" : "&wait=" + waitSeconds)));
  }

  void commit(JsonNode items) throws IOException {
    var handles = items.valueStream().map(item -> item.path("handle").asString()).toList();
    http.post("/api/orders/feed?feed=" + name, Json.MAPPER.writeValueAsBytes(Map.of("handles", handles)), Map.of());
  }

  /** @return items per second over that many */
  double drain(int items) throws IOException {
    long begin = System.nanoTime();
    for (int done = 0; done < items; ) {
      var read = read(0);
      if (read.isEmpty()) throw new IllegalStateException("the feed " + name + " is empty after " + done + " of " + items);
      commit(read);
      done += read.size();
    }
    return items / ((System.nanoTime() - begin) / 1e9);
  }
}
