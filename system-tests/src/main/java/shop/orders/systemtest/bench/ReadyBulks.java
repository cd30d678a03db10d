package shop.orders.systemtest.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.client.Json;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import tools.jackson.databind.JsonNode;

/**
 * The floor of indexing: documents taken from the product's own indices, as requests made beforehand, sent to empty indices with the same
 * mapping and settings.
 */
final class ReadyBulks {
  private static final int PAGE = 1_000;
  private static final int AT_ONCE = 1_000;
  private static final int THREADS = 2;
  private static final List<String> MADE_BY_SERVER = List.of("uuid", "creation_date", "provided_name", "version");

  private final PlainElasticsearch elasticsearch;
  private final List<String> requests = new ArrayList<>();
  private final TreeSet<String> sources = new TreeSet<>();
  private int documents;

  ReadyBulks(PlainElasticsearch elasticsearch) {
    this.elasticsearch = elasticsearch;
  }

  int documents() {
    return documents;
  }

  /** Takes up to {@code most} documents of what {@code alias} names. */
  void take(String alias, int most) {
    elasticsearch.call("POST", "/" + alias + "/_refresh", null).require();
    var pit = elasticsearch.call("POST", "/" + alias + "/_pit?keep_alive=1m", null).require().path("id").asString();
    var request = new StringBuilder();
    @Nullable JsonNode after = null;
    do {
      var hits = page(pit, after);
      after = null;
      for (var hit : hits) {
        if (documents == most) break;
        sources.add(hit.path("_index").asString());
        var action = Map.of("index", Map.of("_index", copy(hit.path("_index").asString()), "_id", hit.path("_id").asString(),
            "version_type", "external", "version", hit.path("_version").asLong()));
        request.append(Json.MAPPER.writeValueAsString(action)).append('\n').append(hit.path("_source")).append('\n');
        if (++documents % AT_ONCE == 0) {
          requests.add(request.toString());
          request.setLength(0);
        }
        after = hit.path("sort");
      }
    } while (after != null && documents < most);
    if (!request.isEmpty()) requests.add(request.toString());
    elasticsearch.call("DELETE", "/_pit", Map.of("id", pit)).require();
  }

  private JsonNode page(String pit, @Nullable JsonNode after) {
    var query = new LinkedHashMap<String, Object>();
    query.put("size", PAGE);
    query.put("version", true);
    query.put("track_total_hits", false);
    query.put("pit", Map.of("id", pit, "keep_alive", "1m"));
    query.put("sort", List.of("_shard_doc"));
    if (after != null) query.put("search_after", after);
    return elasticsearch.call("POST", "/_search", query).require().path("hits").path("hits");
  }

  /** @return documents per second */
  double send() throws InterruptedException {
    sources.forEach(this::makeEmptyCopy);
    var left = new ConcurrentLinkedQueue<>(requests);
    long begun = System.nanoTime();
    Workers.run(THREADS, () -> {
      for (var request = left.poll(); request != null; request = left.poll()) {
        if (elasticsearch.call("POST", "/_bulk", request).require().path("errors").asBoolean(true)) throw new IllegalStateException("a document of the floor was refused");
      }
    });
    double perSecond = documents / ((System.nanoTime() - begun) / 1e9);
    deleteCopies();
    return perSecond;
  }

  void deleteCopies() {
    sources.forEach(source -> elasticsearch.call("DELETE", "/" + copy(source) + "?ignore_unavailable=true", null));
  }

  private void makeEmptyCopy(String source) {
    var from = elasticsearch.call("GET", "/" + source, null).require().path(source);
    var settings = from.path("settings").path("index").properties().stream()
        .filter(each -> !MADE_BY_SERVER.contains(each.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    elasticsearch.call("PUT", "/" + copy(source), Map.of("settings", Map.of("index", settings), "mappings", from.path("mappings"))).require();
  }

  private static String copy(String source) {
    return "floor-" + source;
  }
}
