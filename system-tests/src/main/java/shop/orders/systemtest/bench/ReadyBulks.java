package shop.orders.systemtest.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.client.Json;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import tools.jackson.databind.JsonNode;

/**
 * The floor of indexing: documents taken from the product's own indices, as requests made beforehand, sent to empty indices with the same
 * mapping and settings.
 */
final class ReadyBulks implements AutoCloseable {
  private static final int PAGE = 1_000;
  private static final int AT_ONCE = 1_000;
  private static final int THREADS = 2;
  private static final List<String> MADE_BY_SERVER = List.of("uuid", "creation_date", "provided_name", "version");

  private final PlainElasticsearch elasticsearch;
  private final Map<String, Object> besides;
  private final Path file;
  private final FileChannel requests;
  private final List<Integer> lengths = new ArrayList<>();
  private final TreeSet<String> sources = new TreeSet<>();
  private int documents;

  /** @param besides settings of the copies that the originals have not */
  ReadyBulks(PlainElasticsearch elasticsearch, Map<String, Object> besides) throws IOException {
    this.elasticsearch = elasticsearch;
    this.besides = besides;
    this.file = Files.createTempFile("ready", ".bulks"); // of a million documents more than fits into memory
    this.requests = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  int documents() {
    return documents;
  }

  /** Takes up to {@code most} documents of what {@code alias} names. */
  void take(String alias, int most) throws IOException {
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
          keep(request);
        }
        after = hit.path("sort");
      }
    } while (after != null && documents < most);
    if (!request.isEmpty()) keep(request);
    elasticsearch.call("DELETE", "/_pit", Map.of("id", pit)).require();
  }

  private void keep(StringBuilder request) throws IOException {
    var bytes = request.toString().getBytes(StandardCharsets.UTF_8);
    for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) requests.write(left);
    lengths.add(bytes.length);
    request.setLength(0);
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
  double send() throws InterruptedException, IOException {
    makeEmpty();
    requests.position(0);
    var left = new ArrayDeque<>(lengths);
    long begun = System.nanoTime();
    Workers.run(THREADS, () -> {
      for (var request = next(left); request != null; request = next(left)) {
        if (elasticsearch.call("POST", "/_bulk", request).require().path("errors").asBoolean(true)) throw new IllegalStateException("a document of the floor was refused");
      }
    });
    double perSecond = documents / ((System.nanoTime() - begun) / 1e9);
    delete();
    return perSecond;
  }

  /** The copy for orders created then. */
  String of(Instant createdAt) {
    var day = createdAt.atOffset(ZoneOffset.UTC);
    var quarter = "-" + day.getYear() + "q" + day.get(IsoFields.QUARTER_OF_YEAR);
    return sources.stream().filter(source -> source.endsWith(quarter)).findFirst().map(ReadyBulks::copy).orElseThrow(() -> new IllegalStateException("there is no index for " + createdAt));
  }

  void makeEmpty() {
    sources.forEach(this::makeEmptyCopy);
  }

  private synchronized byte @Nullable [] next(Queue<Integer> left) throws IOException {
    var length = left.poll();
    if (length == null) return null;
    var request = ByteBuffer.allocate(length);
    while (request.hasRemaining()) if (requests.read(request) < 0) throw new EOFException(file.toString());
    return request.array();
  }

  @Override
  public void close() throws IOException {
    requests.close();
    Files.delete(file);
  }

  void delete() {
    sources.forEach(source -> elasticsearch.call("DELETE", "/" + copy(source) + "?ignore_unavailable=true", null));
  }

  private void makeEmptyCopy(String source) {
    var from = elasticsearch.call("GET", "/" + source, null).require().path(source);
    var settings = new HashMap<String, Object>();
    from.path("settings").path("index").properties().forEach(each -> settings.put(each.getKey(), each.getValue()));
    settings.keySet().removeAll(MADE_BY_SERVER);
    settings.putAll(besides);
    elasticsearch.call("PUT", "/" + copy(source), Map.of("settings", Map.of("index", settings), "mappings", from.path("mappings"))).require();
  }

  private static String copy(String source) {
    return "floor-" + source;
  }
}
