package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes documents and believes nothing but the answer for each of them. Safe for use by many threads; returns only when every document
 * is in the index, is older than what is there, or is refused for what it is.
 */
class BulkWriter {
  private static final Logger log = LoggerFactory.getLogger(BulkWriter.class);

  /** After this many tries the caller is told, so that it can pause and say so. */
  private static final int TRIES = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final ElasticsearchClient client;
  private final Indices indices;
  private final JsonMapper json;
  private final IndexProperties properties;
  private final Counter written;
  private final Counter older;
  private final Counter again;

  BulkWriter(ElasticsearchClient client, Indices indices, JsonMapper json, IndexProperties properties, MeterRegistry meters) {
    this.client = client;
    this.indices = indices;
    this.json = json;
    this.properties = properties;
    this.written = documents(meters, "written");
    this.older = documents(meters, "older");
    this.again = Counter.builder("orders.index.retries").description("documents sent again after 429, 503 or a missing index").register(meters);
  }

  private static Counter documents(MeterRegistry meters, String outcome) {
    return Counter.builder("orders.index.documents").tag("outcome", outcome).description("documents by what became of them").register(meters);
  }

  /**
   * Writes all of them.
   *
   * @return those refused for what they are, with the reason; empty if there are none
   * @throws IndexUnavailable if at least one is neither in nor refused; the others may be in
   */
  Map<IndexDocument, String> write(List<IndexDocument> documents) {
    var refused = new LinkedHashMap<IndexDocument, String>();
    var operations = new ArrayList<Operation>(documents.size());
    for (var document : documents) operations.add(new Operation(document, json.writeValueAsBytes(document)));
    for (var request : requests(operations, properties.bulkDocuments())) write(request, refused);
    return refused;
  }

  private void write(List<Operation> operations, Map<IndexDocument, String> refused) {
    var pending = operations;
    int atOnce = pending.size();
    var pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      var left = new ArrayList<Operation>();
      @Nullable String why = null;
      for (var request : requests(pending, atOnce)) {
        var reason = send(request, left, refused);
        if (reason != null) why = reason;
      }
      if (why == null) return;
      if (tries == TRIES) throw new IndexUnavailable(left.size() + " of " + operations.size() + " documents not taken after " + TRIES + " tries: " + why);
      again.increment(left.size());
      log.debug("{} documents again after {} ms: {}", left.size(), pause.toMillis(), why);
      rest(pause);
      pause = pause.multipliedBy(2);
      atOnce = Math.max(1, atOnce / 2);
      pending = left;
    }
  }

  /** Sends one request. @return why something is {@code left}, null if nothing is */
  private @Nullable String send(List<Operation> operations, List<Operation> left, Map<IndexDocument, String> refused) {
    operations.stream().map(o -> o.document.index()).distinct().forEach(indices::ensure);
    BulkResponse answer;
    try {
      answer = client.bulk(request(operations));
    } catch (IOException | ElasticsearchException e) {
      return switch (Refusal.meaning(Refusal.status(e), null)) {
        case TOO_LARGE -> divide(operations, left, refused);
        case BUSY -> {
          left.addAll(operations);
          yield Refusal.of(e);
        }
        default -> throw new IndexUnavailable("bulk request failed: " + Refusal.of(e), e);
      };
    }
    @Nullable String why = null;
    for (int i = 0; i < operations.size(); i++) {
      var reason = judge(operations.get(i), answer.items().get(i), left, refused);
      if (reason != null) why = reason;
    }
    return why;
  }

  private @Nullable String judge(Operation operation, BulkResponseItem item, List<Operation> left, Map<IndexDocument, String> refused) {
    var error = item.error();
    var reason = item.status() + " " + (error == null ? "without a reason" : Refusal.of(error));
    switch (Refusal.meaning(item.status(), error == null ? null : error.type())) {
      case DONE -> (item.status() == 409 ? older : written).increment();
      case POISON, TOO_LARGE -> refused.put(operation.document, reason);
      case NO_INDEX -> {
        indices.forget(operation.document.index());
        left.add(operation);
        return reason;
      }
      case BUSY, NOT_NOW -> {
        left.add(operation);
        return reason;
      }
    }
    return null;
  }

  private @Nullable String divide(List<Operation> operations, List<Operation> left, Map<IndexDocument, String> refused) {
    if (operations.size() == 1) {
      refused.put(operations.get(0).document, "413 a document of " + operations.get(0).json.length + " bytes is too large for the server");
      return null;
    }
    int half = operations.size() / 2;
    var first = send(operations.subList(0, half), left, refused);
    var second = send(operations.subList(half, operations.size()), left, refused);
    return second == null ? first : second;
  }

  private BulkRequest request(List<Operation> operations) {
    return BulkRequest.of(
        bulk -> {
          // Less than the client's own patience, so that the server says which documents it could not write.
          bulk.requireAlias(true).timeout(t -> t.time("5s"));
          for (var operation : operations) {
            var document = operation.document;
            bulk.operations(
                o ->
                    o.index(
                        i ->
                            i.index(document.index().writeAlias())
                                .id(document.id())
                                .versionType(VersionType.External)
                                .version(document.externalVersion())
                                .document(BinaryData.of(operation.json, ContentType.APPLICATION_JSON))));
          }
          return bulk;
        });
  }

  /** In order, at most {@code most} documents and about {@link IndexProperties#bulkSize()} each. */
  private List<List<Operation>> requests(List<Operation> operations, int most) {
    var requests = new ArrayList<List<Operation>>();
    var current = new ArrayList<Operation>();
    long bytes = 0;
    for (var operation : operations) {
      if (!current.isEmpty() && (current.size() >= most || bytes + operation.json.length > properties.bulkSize().toBytes())) {
        requests.add(current);
        current = new ArrayList<>();
        bytes = 0;
      }
      current.add(operation);
      bytes += operation.json.length;
    }
    if (!current.isEmpty()) requests.add(current);
    return requests;
  }

  private static void rest(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IndexUnavailable("interrupted while waiting to write again", e);
    }
  }

  private record Operation(IndexDocument document, byte[] json) {}
}
