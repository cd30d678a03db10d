package shop.orders.systemtest.verify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads ids and versions of everything in the index, over plain HTTP: the judge shares no code with what it judges. */
class ElasticsearchIndex implements IndexReader {
  private static final int PAGE = 5_000;

  /** The index keeps the order's version shifted, with the projection's number in the low bits. */
  private static final int PROJECTION_BITS = 10;

  private final URI server;
  private final String alias;
  private final ObjectMapper json = JsonMapper.shared();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  ElasticsearchIndex(URI server, String alias) {
    this.server = server;
    this.alias = alias;
  }

  @Override
  public void read(ObjLongConsumer<OrderKey> sink) {
    if (call("HEAD", "/" + alias, null).status == 404) return;
    call("POST", "/" + alias + "/_refresh", null).require();
    var pit = call("POST", "/" + alias + "/_pit?keep_alive=1m", null).require().path("id").asString();
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
      call("DELETE", "/_pit", Map.of("id", pit));
    }
  }

  private Answer search(String pit, @Nullable JsonNode after) {
    var query = new HashMap<String, Object>();
    query.put("size", PAGE);
    query.put("_source", false);
    query.put("version", true);
    query.put("track_total_hits", false);
    query.put("pit", Map.of("id", pit, "keep_alive", "1m"));
    query.put("sort", List.of("_shard_doc"));
    if (after != null) query.put("search_after", after);
    return call("POST", "/_search", query);
  }

  private record Answer(int status, JsonNode body) {
    JsonNode require() {
      if (status / 100 != 2) throw new Unreachable("Elasticsearch answers " + status + ": " + body, null);
      return body;
    }
  }

  private Answer call(String method, String path, @Nullable Object body) {
    var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
    var request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(10)).header("Content-Type", "application/json").method(method, publisher).build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      var bytes = response.body();
      return new Answer(response.statusCode(), bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes));
    } catch (IOException e) {
      throw new Unreachable("Elasticsearch does not answer at " + server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("interrupted", e);
    }
  }
}
