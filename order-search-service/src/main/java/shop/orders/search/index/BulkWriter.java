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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** Of one document: the server waited in vain for the shard it belongs to. Too many requests (429) is said at once. */
  private static final int NO_SHARD = 503;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** What is read of an answer, and what the client insists on: a third of it. */
  private static final String ANSWER = "took,errors,items.*._index,items.*.status,items.*.error";

  private final ElasticsearchClient client;
  private final Indices indices;
  private final Pace pace;
  private final long largest;
  private final Counter written;
  private final Counter older;
  private final Counter again;

  /** @param largest about the bytes of documents in one request, at most */
  BulkWriter(ElasticsearchClient client, Indices indices, Pace pace, long largest, MeterRegistry meters) {
    this.client = client.withTransportOptions(client._transportOptions().toBuilder().setParameter("filter_path", ANSWER).build());
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
   * @param overwrite whether a document of the same version is written again
   * @return those refused for what they are, with the reason; empty if there are none
   * @throws IndexUnavailable if at least one is neither in nor refused; the others may be in
   */
  Map<Write, String> write(List<Write> writes, boolean overwrite) {
    var refused = new LinkedHashMap<Write, String>();
    var pending = writes;
    var pause = FIRST_PAUSE;
    for (int tries = 1; !pending.isEmpty(); tries++) {
      var round = new Round(overwrite, refused);
      for (int from = 0; from < pending.size(); ) {
        int to = end(pending, from);
        round.send(pending.subList(from, to));
        from = to;
      }
      if (round.why == null) break;
      if (tries == TRIES) {
        throw new IndexUnavailable(
            round.left.size() + " of " + writes.size() + " documents not taken after " + TRIES + " tries: " + round.why, generations(round.left));
      }
      again.increment(round.left.size());
      log.debug("{} documents again after {} ms: {}", round.left.size(), pause.toMillis(), round.why);
      rest(pause);
      pause = pause.multipliedBy(2);
      pending = round.left;
    }
    return refused;
  }

  private static Set<Integer> generations(List<Write> writes) {
    return writes.stream().map(write -> write.index().generation()).collect(Collectors.toSet());
  }

  /** Where a request that begins at {@code from} ends: as many documents as the pace allows and about as many bytes as a request may have, one at least. */
  private int end(List<Write> writes, int from) {
    int most = Math.min(writes.size(), from + pace.documents());
    long bytes = writes.get(from).json().length;
    int to = from + 1;
    while (to < most && bytes + writes.get(to).json().length <= largest) bytes += writes.get(to++).json().length;
    return to;
  }

  /** One try of what is still to be written. */
  private final class Round {
    private final boolean overwrite;
    private final Map<Write, String> refused;
    private final List<Write> left = new ArrayList<>();

    /**
     * Not asked again in this round: to find out takes as long as the server, or we, have patience, and many requests times that is longer
     * than a consumer may be away from its group.
     */
    private final Set<IndexName> shut = new HashSet<>();

    private boolean over;
    private @Nullable String why;

    private Round(boolean overwrite, Map<Write, String> refused) {
      this.overwrite = overwrite;
      this.refused = refused;
    }

    /** Sends one request; what is to be sent again is in {@code left} afterwards, with the reason in {@code why}. */
    void send(List<Write> some) {
      boolean someMissing = !over && !prepare(some);
      var writes = new ArrayList<Write>();
      for (var write : some) (over || shut.contains(write.index()) ? left : writes).add(write);
      if (!writes.isEmpty()) sendOpen(writes);
      else if (someMissing) throw new IndexUnavailable(String.valueOf(why), generations(some));
    }

    /** @return false if an index turned out not to be there to write to: it is shut */
    private boolean prepare(List<Write> writes) {
      int before = shut.size();
      for (var index : writes.stream().map(Write::index).filter(index -> !shut.contains(index)).distinct().toList()) {
        try {
          indices.ensure(index);
        } catch (IndexUnavailable e) {
          shut.add(index);
          why = String.valueOf(e.getMessage());
        }
      }
      return shut.size() == before;
    }

    private void sendOpen(List<Write> writes) {
      var request = pace.begin();
      BulkResponse answer;
      try {
        answer = client.bulk(request(writes, overwrite));
      } catch (IOException | ElasticsearchException e) {
        var meaning = Refusal.meaning(Refusal.status(e), null);
        if (meaning == Refusal.Meaning.TOO_LARGE) request.ignored();
        else request.tooMuch();
        switch (meaning) {
          case TOO_LARGE -> divide(writes);
          case BUSY -> {
            left.addAll(writes);
            why = Refusal.of(e);
            over = true;
          }
          default -> throw new IndexUnavailable("bulk request failed: " + Refusal.of(e), e);
        }
        return;
      } catch (RuntimeException e) {
        request.ignored();
        throw e;
      }
      boolean busy = answer.errors() && answer.items().stream().anyMatch(item -> Refusal.meaning(item.status(), null) == Refusal.Meaning.BUSY);
      if (busy) request.tooMuch();
      else request.kept();
      for (int i = 0; i < writes.size(); i++) judge(writes.get(i), answer.items().get(i));
    }

    private void judge(Write write, BulkResponseItem item) {
      var error = item.error();
      switch (Refusal.meaning(item.status(), error == null ? null : error.type())) {
        case DONE -> {
          (item.status() == 409 ? older : written).increment();
          return;
        }
        case POISON, TOO_LARGE -> {
          refused.put(write, reason(item));
          return;
        }
        case NO_INDEX -> indices.forget(write.index());
        case BUSY -> {
          if (item.status() == NO_SHARD) shut.add(write.index());
        }
        case NOT_NOW -> {}
      }
      left.add(write);
      why = reason(item);
    }

    private void divide(List<Write> writes) {
      if (writes.size() == 1) {
        refused.put(writes.get(0), "413 a document of " + writes.get(0).json().length + " bytes is too large for the server");
        return;
      }
      int half = writes.size() / 2;
      send(writes.subList(0, half));
      send(writes.subList(half, writes.size()));
    }
  }

  private static String reason(BulkResponseItem item) {
    var error = item.error();
    return item.status() + " " + (error == null ? "without a reason" : Refusal.of(error));
  }

  private static BulkRequest request(List<Write> writes, boolean overwrite) {
    var version = overwrite ? VersionType.ExternalGte : VersionType.External;
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
                                .versionType(version)
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
