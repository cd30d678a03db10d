package shop.orders.systemtest.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import tools.jackson.databind.JsonNode;

/** Reads ids and versions of everything in the index, over plain HTTP: the judge shares no code with what it judges. */
class ElasticsearchIndex implements IndexReader {
  private static final int PAGE = 5_000;

  /** The index keeps the order's version shifted, with the projection's number in the low bits. */
  private static final int PROJECTION_BITS = 10;

  private final PlainElasticsearch server;
  private final String alias;

  ElasticsearchIndex(PlainElasticsearch server, String alias) {
    this.server = server;
    this.alias = alias;
  }

  @Override
  public void read(ObjLongConsumer<OrderKey> sink) {
    if (server.call("HEAD", "/" + alias, null).status() == 404) return;
    server.call("POST", "/" + alias + "/_refresh", null).require();
    var pit = server.call("POST", "/" + alias + "/_pit?keep_alive=1m", null).require().path("id").asString();
    try {
      @Nullable JsonNode after = null;
      do {
        var hits = search(pit, after).require().path("hits").path("hits");
        after = null;
        for (var hit : hits) {
          var id = hit.path("_id").asString();
          int slash = id.indexOf('/');
          sink.accept(new OrderKey(id.substring(0, slash), id.substring(slash + 1)), hit.path("_version").asLong() >> PROJECTION_BITS);
          after = hit.path("sort");
        }
      } while (after != null);
    } finally {
      server.call("DELETE", "/_pit", Map.of("id", pit));
    }
  }

  private PlainElasticsearch.Answer search(String pit, @Nullable JsonNode after) {
    var query = new HashMap<String, Object>();
    query.put("size", PAGE);
    query.put("_source", false);
    query.put("version", true);
    query.put("track_total_hits", false);
    query.put("pit", Map.of("id", pit, "keep_alive", "1m"));
    query.put("sort", List.of("_shard_doc"));
    if (after != null) query.put("search_after", after);
    return server.call("POST", "/_search", query);
  }
}
