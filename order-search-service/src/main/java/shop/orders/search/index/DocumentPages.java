package shop.orders.search.index;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for documents with their sources byte for byte as they are stored, which the client's own requests do not give. Safe for use by
 * many threads.
 */
class DocumentPages {
  private final Rest5Client client;
  private final JsonMapper json;

  DocumentPages(Rest5Client client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  /**
   * @param documents those found, and of our indices
   * @param last what to search after for more; null if there was none
   */
  record Page(List<IndexedDocument> documents, @Nullable JsonNode last) {}

  /** The answer's tree. @param body null for none @throws IndexUnavailable if the answer is not 2xx or there is none */
  JsonNode ask(String method, String path, @Nullable Object body) {
    return read(send(method, path, body));
  }

  /** Of a search or a multi-get. @param whole whether sources were asked for with all they have */
  Page documents(String path, Object body, boolean whole) {
    var bytes = send("POST", path, body);
    var sources = sources(bytes);
    // A page of large documents as a tree would take many times its bytes.
    var answer = read(without(sources, bytes));
    if (answer.path("timed_out").asBoolean(false) || answer.path("_shards").path("failed").asInt(0) > 0) {
      throw new IndexUnavailable("documents were read only in part");
    }
    var items = answer.has("docs") ? answer.get("docs") : answer.path("hits").path("hits");
    var documents = new ArrayList<IndexedDocument>();
    @Nullable JsonNode last = null;
    int next = 0;
    for (var item : items) {
      var error = item.path("error").path("type").asString(null);
      if (error != null && !error.equals("index_not_found_exception")) throw new IndexUnavailable("documents cannot be read: " + item.get("error"));
      last = item.path("sort");
      if (!item.has("_source")) continue;
      var source = sources.get(next++);
      document(item, Arrays.copyOfRange(bytes, source.from, source.to), whole).ifPresent(documents::add);
    }
    return new Page(documents, last);
  }

  private Optional<IndexedDocument> document(JsonNode item, byte[] source, boolean whole) {
    return IndexName.parse(item.path("_index").asString())
        .map(
            index ->
                IndexedDocument.of(
                    index,
                    item.path("_id").asString(),
                    item.path("_version").asLong(),
                    item.path("_seq_no").asLong(),
                    item.path("_primary_term").asLong(),
                    facts(source),
                    whole ? source : null));
  }

  /** What a document says of itself: texts and numbers, whichever it has. */
  private Map<String, Object> facts(byte[] source) {
    var facts = new HashMap<String, Object>();
    try (var parser = json.createParser(source)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        var token = parser.nextToken();
        if (!IndexedDocument.FACTS.contains(name)) parser.skipChildren();
        else if (token == JsonToken.VALUE_STRING) facts.put(name, parser.getString());
        else if (token == JsonToken.VALUE_NUMBER_INT) facts.put(name, parser.getNumberValue());
        else parser.skipChildren();
      }
    } catch (JacksonException e) {
      throw new IndexUnavailable("the answer is no JSON: " + e.getMessage(), e);
    }
    return facts;
  }

  /** @param to after its last byte */
  private record Source(int from, int to) {}

  /** Every {@code _source} of the answer, in order. Those within documents are content and stepped over with it. */
  private List<Source> sources(byte[] answer) {
    var sources = new ArrayList<Source>();
    try (var parser = json.createParser(answer)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.PROPERTY_NAME || !"_source".equals(parser.currentName())) continue;
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        sources.add(new Source(from, (int) parser.currentLocation().getByteOffset()));
      }
    } catch (JacksonException e) {
      throw new IndexUnavailable("the answer is no JSON: " + e.getMessage(), e);
    }
    return sources;
  }

  private static byte[] without(List<Source> sources, byte[] answer) {
    var rest = new ByteArrayOutputStream();
    int from = 0;
    for (var source : sources) {
      rest.write(answer, from, source.from - from);
      rest.write('0');
      from = source.to;
    }
    rest.write(answer, from, answer.length - from);
    return rest.toByteArray();
  }

  private JsonNode read(byte[] answer) {
    try {
      return json.readTree(answer);
    } catch (JacksonException e) {
      throw new IndexUnavailable("the answer is no JSON: " + e.getMessage(), e);
    }
  }

  private byte[] send(String method, String path, @Nullable Object body) {
    var request = new Request(method, path);
    if (body != null) request.setJsonEntity(json.writeValueAsString(body));
    try {
      return bytes(client.performRequest(request).getEntity());
    } catch (ResponseException e) {
      throw new IndexUnavailable(path + " was answered with " + e.getResponse().getStatusCode() + ": " + reason(e), e);
    } catch (IOException e) {
      throw new IndexUnavailable(path + " was not answered: " + e, e);
    }
  }

  private String reason(ResponseException e) {
    try {
      return json.readTree(bytes(e.getResponse().getEntity())).path("error").path("reason").asString("no reason said");
    } catch (IOException | JacksonException unreadable) {
      return "no reason said";
    }
  }

  private static byte[] bytes(@Nullable HttpEntity entity) throws IOException {
    return entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
  }

  /** {@code _source} of a request. */
  static Object source(boolean whole) {
    return whole ? Boolean.TRUE : Map.of("includes", IndexedDocument.FACTS);
  }
}
