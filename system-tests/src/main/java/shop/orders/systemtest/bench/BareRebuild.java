package shop.orders.systemtest.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import shop.orders.localstack.client.Json;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;

/**
 * The least a rebuild can do with the same store and index: the bare driver scans the documents that are kept, they are sent as they are, and
 * one walk over all headers reads what a proof needs. No days, no newest first, no place to go on from, nothing compared, nobody waited for.
 * What it takes says how much of the floor any rebuild on this machine could reach.
 */
final class BareRebuild implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int SLICES = 256;
  private static final int PAGE = 500;
  private static final int AT_ONCE = 1_000;

  private final CqlSession session;
  private final PlainElasticsearch elasticsearch;
  private final ReadyBulks copies;
  private final List<TokenRange> slices;
  private final PreparedStatement documents;
  private final PreparedStatement headers;

  BareRebuild(InetSocketAddress cassandra, PlainElasticsearch elasticsearch, ReadyBulks copies) {
    this.elasticsearch = elasticsearch;
    this.copies = copies;
    session = Floor.bareDriver(cassandra);
    var ring = session.getMetadata().getTokenMap().orElseThrow().getTokenRanges();
    slices = ring.stream().flatMap(range -> range.splitEvenly(Math.max(1, SLICES / ring.size())).stream()).flatMap(range -> range.unwrap().stream()).toList();
    documents = prepare("account, order_id, created_at, document_version, document", "orders_by_day", "account, day, slice");
    headers = prepare("DISTINCT account, order_id, ver, created_at", "orders", "account, order_id");
  }

  private PreparedStatement prepare(String columns, String table, String partition) {
    return session.prepare("SELECT %s FROM orders.%s WHERE token(%3$s) > ? AND token(%3$s) <= ?".formatted(columns, table, partition));
  }

  /** @return documents per second, the walk over headers included */
  double run() throws InterruptedException {
    copies.makeEmpty();
    var sent = new LongAdder();
    long begun = System.nanoTime();
    inSlices(left -> {
      var gathered = new ArrayList<Row>();
      for (var slice = left.poll(); slice != null; slice = left.poll()) {
        for (var row : read(documents, slice)) {
          if (row.isNull("document")) continue;
          gathered.add(row);
          if (gathered.size() == AT_ONCE) send(gathered, sent);
        }
      }
      if (!gathered.isEmpty()) send(gathered, sent);
    });
    var versions = new LongAdder();
    inSlices(left -> {
      for (var slice = left.poll(); slice != null; slice = left.poll()) {
        for (var row : read(headers, slice)) {
          if (row.getString("account") != null && row.getString("order_id") != null && row.getInstant("created_at") != null) versions.add(row.getLong("ver"));
        }
      }
    });
    double perSecond = sent.sum() / ((System.nanoTime() - begun) / 1e9);
    if (sent.sum() == 0 || versions.sum() < sent.sum()) throw new IllegalStateException("the store keeps " + sent + " documents and has orders of " + versions + " events");
    copies.delete();
    return perSecond;
  }

  private void inSlices(Consumer<Queue<TokenRange>> work) throws InterruptedException {
    var left = new ConcurrentLinkedQueue<>(slices);
    Workers.run(THREADS, () -> work.accept(left));
  }

  private Iterable<Row> read(PreparedStatement select, TokenRange slice) {
    return session.execute(select.boundStatementBuilder().setToken(0, slice.getStart()).setToken(1, slice.getEnd()).setPageSize(PAGE).build());
  }

  private void send(List<Row> rows, LongAdder sent) {
    rows.sort(Comparator.comparing(BareRebuild::createdAt));
    var request = new ByteArrayOutputStream();
    for (var row : rows) {
      var id = Json.MAPPER.writeValueAsString(row.getString("account") + "/" + row.getString("order_id"));
      var action = "{\"index\":{\"_index\":\"" + copies.of(createdAt(row)) + "\",\"_id\":" + id + ",\"version_type\":\"external\",\"version\":" + row.getLong("document_version") + "}}\n";
      request.writeBytes(action.getBytes(StandardCharsets.UTF_8));
      request.writeBytes(Bytes.getArray(row.getByteBuffer("document")));
      request.write('\n');
    }
    if (elasticsearch.call("POST", "/_bulk?filter_path=errors", request.toByteArray()).require().path("errors").asBoolean(true)) {
      throw new IllegalStateException("a document of the bare rebuild was refused");
    }
    sent.add(rows.size());
    rows.clear();
  }

  private static Instant createdAt(Row row) {
    return Objects.requireNonNull(row.getInstant("created_at"));
  }

  @Override
  public void close() {
    session.close();
  }
}
