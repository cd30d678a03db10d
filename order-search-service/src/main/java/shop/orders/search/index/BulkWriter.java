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
  private final Pace pace;
  private final long largest;
  private final Counter written;
  private final Counter older;
  private final Counter again;

  /** @param largest about the bytes of documents in one request, at most */
  BulkWriter(ElasticsearchClient client, Indices indices, Pace pace, long largest, MeterRegistry meters) {
    this.client = client;
    this.indices = indices;
    this.pace = pace;
    this.largest = largest;
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
  Map<Write, String> write(List<Write> writes) {
    var refused = new LinkedHashMap<Write, String>();
    var pending = writes;
    var pause = FIRST_PAUSE;
    for (int tries = 1; !pending.isEmpty(); tries++) {
      var left = new ArrayList<Write>();
      @Nullable String why = null;
      for (int from = 0; from < pending.size(); ) {
        int to = end(pending, from);
        var reason = send(pending.subList(from, to), left, refused);
        if (reason != null) why = reason;
        from = to;
      }
      if (why == null) break;
      if (tries == TRIES) throw new IndexUnavailable(left.size() + " of " + writes.size() + " documents not taken after " + TRIES + " tries: " + why);
      again.increment(left.size());
      log.debug("{} documents again after {} ms: {}", left.size(), pause.toMillis(), why);
      rest(pause);
      pause = pause.multipliedBy(2);
      pending = left;
    }
    return refused;
  }

  /** Where a request that begins at {@code from} ends: as many documents as the pace allows and about as many bytes as a request may have, one at least. */
  private int end(List<Write> writes, int from) {
    int most = Math.min(writes.size(), from + pace.documents());
    long bytes = writes.get(from).json().length;
    int to = from + 1;
    while (to < most && bytes + writes.get(to).json().length <= largest) bytes += writes.get(to++).json().length;
    return to;
  }

  /** Sends one request. @return why something is {@code left}, null if nothing is */
  private @Nullable String send(List<Write> writes, List<Write> left, Map<Write, String> refused) {
    writes.stream().map(Write::index).distinct().forEach(indices::ensure);
    var request = pace.begin();
    BulkResponse answer;
    try {
      answer = client.bulk(request(writes));
    } catch (IOException | ElasticsearchException e) {
      var meaning = Refusal.meaning(Refusal.status(e), null);
      if (meaning == Refusal.Meaning.TOO_LARGE) request.ignored();
      else request.tooMuch();
      return switch (meaning) {
        case TOO_LARGE -> divide(writes, left, refused);
        case BUSY -> {
          left.addAll(writes);
          yield Refusal.of(e);
        }
        default -> throw new IndexUnavailable("bulk request failed: " + Refusal.of(e), e);
      };
    } catch (RuntimeException e) {
      request.ignored();
      throw e;
    }
    boolean busy = answer.errors() && answer.items().stream().anyMatch(item -> Refusal.meaning(item.status(), null) == Refusal.Meaning.BUSY);
    if (busy) request.tooMuch();
    else request.kept();
    @Nullable String why = null;
    for (int i = 0; i < writes.size(); i++) {
      var reason = judge(writes.get(i), answer.items().get(i), left, refused);
      if (reason != null) why = reason;
    }
    return why;
  }

  private @Nullable String judge(Write write, BulkResponseItem item, List<Write> left, Map<Write, String> refused) {
    var error = item.error();
    switch (Refusal.meaning(item.status(), error == null ? null : error.type())) {
      case DONE -> {
        (item.status() == 409 ? older : written).increment();
        return null;
      }
      case POISON, TOO_LARGE -> {
        refused.put(write, reason(item));
        return null;
      }
      case NO_INDEX -> indices.forget(write.index());
      case BUSY, NOT_NOW -> {}
    }
    left.add(write);
    return reason(item);
  }

  private static String reason(BulkResponseItem item) {
    var error = item.error();
    return item.status() + " " + (error == null ? "without a reason" : Refusal.of(error));
  }

  private @Nullable String divide(List<Write> writes, List<Write> left, Map<Write, String> refused) {
    if (writes.size() == 1) {
      refused.put(writes.get(0), "413 a document of " + writes.get(0).json().length + " bytes is too large for the server");
      return null;
    }
    int half = writes.size() / 2;
    var first = send(writes.subList(0, half), left, refused);
    var second = send(writes.subList(half, writes.size()), left, refused);
    return second == null ? first : second;
  }

  private static BulkRequest request(List<Write> writes) {
    return BulkRequest.of(
        bulk -> {
          // Less than the client's own patience, so that the server says which documents it could not write.
          bulk.requireAlias(true).timeout(t -> t.time("5s"));
          for (var write : writes) {
            bulk.operations(
                o ->
                    o.index(
                        i ->
                            i.index(write.index().writeAlias())
                                .id(write.id())
                                .versionType(VersionType.External)
                                .version(write.version())
                                .document(BinaryData.of(write.json(), ContentType.APPLICATION_JSON))));
          }
          return bulk;
        });
  }

  private static void rest(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IndexUnavailable("interrupted while waiting to write again", e);
    }
  }
}
