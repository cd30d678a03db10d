package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import shop.orders.model.OrderKey;
import shop.orders.store.Lane;
import shop.orders.store.Wakeup;
import shop.orders.store.Wakeups;

final class CassandraWakeups implements Wakeups {
  private static final Duration KEPT_AFTER_DUE = Duration.ofDays(7);
  private static final long LONGEST_TTL_SECONDS = Duration.ofDays(7300).toSeconds(); // Cassandra's own limit is 20 years

  /** Minutes asked for at once: enough to walk an hour of standstill in a few steps, few enough not to be a load. */
  private static final int BUCKETS_AT_ONCE = 32;

  private final Cql cql;
  private final Clock clock;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement selectAfter;

  CassandraWakeups(Cql cql, Clock clock) {
    this.cql = cql;
    this.clock = clock;
    insert = cql.prepare("INSERT INTO {keyspace}.wakeups (lane, shard, bucket, due_at, account, order_id, ver) VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL ?");
    select =
        cql.prepare(
            "SELECT due_at, account, order_id, ver FROM {keyspace}.wakeups"
                + " WHERE lane = ? AND shard = ? AND bucket = ? AND due_at >= ? AND due_at < ? LIMIT ?");
    selectAfter =
        cql.prepare(
            "SELECT due_at, account, order_id, ver FROM {keyspace}.wakeups"
                + " WHERE lane = ? AND shard = ? AND bucket = ? AND (due_at, account, order_id, ver) > (?, ?, ?, ?) AND (due_at) < (?) LIMIT ?");
  }

  @Override
  public void write(Lane lane, Wakeup wakeup) {
    Cql.await("writing a wakeup of order " + wakeup.key(), List.of(send(lane, wakeup)));
  }

  /** The write under way. */
  CompletableFuture<AsyncResultSet> send(Lane lane, Wakeup wakeup) {
    var key = wakeup.key();
    var untilDue = Math.max(0, Duration.between(clock.instant(), wakeup.dueAt()).toSeconds());
    var ttl = (int) Math.min(LONGEST_TTL_SECONDS, untilDue + KEPT_AFTER_DUE.toSeconds());
    return cql.write(
        insert.bind(
            lane.name(), (byte) lane.shardOf(key), bucket(wakeup.dueAt()), wakeup.dueAt(), key.account(), key.orderId(), wakeup.version(), ttl));
  }

  @Override
  public List<Wakeup> read(Lane lane, int shard, Instant from, Instant to, int limit) {
    // The column keeps milliseconds, so bounds between two of them must not be cut down to one.
    var first = roundUp(from);
    var end = roundUp(to);
    return read(lane, shard, first, end, limit, bucket -> select.bind(lane.name(), (byte) shard, bucket, first, end, limit));
  }

  @Override
  public List<Wakeup> readOn(Lane lane, int shard, Wakeup last, Instant to, int limit) {
    var key = last.key();
    var end = roundUp(to);
    return read(
        lane,
        shard,
        last.dueAt(),
        end,
        limit,
        bucket -> selectAfter.bind(lane.name(), (byte) shard, bucket, last.dueAt(), key.account(), key.orderId(), last.version(), end, limit));
  }

  private List<Wakeup> read(Lane lane, int shard, Instant first, Instant end, int limit, LongFunction<BoundStatement> inBucket) {
    if (limit < 1 || limit > 10_000) throw new IllegalArgumentException("limit " + limit);
    var found = new ArrayList<Wakeup>();
    if (!first.isBefore(end)) return found;
    var last = bucket(end.minusMillis(1));
    for (long bucket = bucket(first); bucket <= last && found.size() < limit; bucket += BUCKETS_AT_ONCE) {
      var reads = new ArrayList<CompletableFuture<List<Wakeup>>>();
      for (long b = bucket; b <= Math.min(last, bucket + BUCKETS_AT_ONCE - 1); b++) {
        reads.add(cql.readAsync(inBucket.apply(b)).thenCompose(page -> rest(page, new ArrayList<>())));
      }
      Cql.await("reading wakeups of lane " + lane + " shard " + shard, reads);
      reads.forEach(read -> found.addAll(read.join()));
    }
    return found.size() <= limit ? found : new ArrayList<>(found.subList(0, limit));
  }

  private static CompletableFuture<List<Wakeup>> rest(AsyncResultSet page, List<Wakeup> found) {
    page.currentPage().forEach(row -> found.add(wakeup(row)));
    if (!page.hasMorePages()) return CompletableFuture.completedFuture(found);
    return page.fetchNextPage().toCompletableFuture().thenCompose(next -> rest(next, found));
  }

  private static Wakeup wakeup(Row row) {
    var key = new OrderKey(Objects.requireNonNull(row.getString("account")), Objects.requireNonNull(row.getString("order_id")));
    return new Wakeup(key, row.getLong("ver"), Objects.requireNonNull(row.getInstant("due_at")));
  }

  private static long bucket(Instant dueAt) {
    return Math.floorDiv(dueAt.getEpochSecond(), 60);
  }

  private static Instant roundUp(Instant at) {
    var cut = at.truncatedTo(ChronoUnit.MILLIS);
    return cut.equals(at) ? at : cut.plusMillis(1);
  }
}
