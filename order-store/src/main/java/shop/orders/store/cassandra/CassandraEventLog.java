package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;

final class CassandraEventLog implements EventLog {
  static final long BUCKET = 10_000;
  private static final int MOST_AT_ONCE = 100;

  private final Cql cql;
  private final LongSupplier nanos;
  private final PreparedStatement next;
  private final PreparedStatement advance;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  /** A bucket of each account that is known to be begun: where the search for the head starts. Never too high. */
  private final Cache<String, Long> begun = Caffeine.newBuilder().maximumSize(10_000).build();

  CassandraEventLog(Cql cql, LongSupplier nanos) {
    this.cql = cql;
    this.nanos = nanos;
    next = cql.prepare("SELECT DISTINCT account, bucket, next_seq FROM {keyspace}.event_log WHERE account = ? AND bucket = ?");
    advance = cql.prepare("UPDATE {keyspace}.event_log SET next_seq = ? WHERE account = ? AND bucket = ? IF next_seq = ?");
    insert =
        cql.prepare(
            "INSERT INTO {keyspace}.event_log"
                + " (account, bucket, seq, order_id, ver, status, last_status, domain, type, at, last_change, appended_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    select =
        cql.prepare(
            "SELECT seq, order_id, ver, status, last_status, domain, type, at, last_change, appended_at FROM {keyspace}.event_log"
                + " WHERE account = ? AND bucket = ? AND seq >= ? LIMIT ?");
  }

  @Override
  public long head(String account) {
    var tries = new Tries("finding the head of the log of " + account, cql.properties().commitDeadline(), nanos);
    return tries.until(() -> findHead(account));
  }

  /** Buckets are begun one after the other, so the last one begun is found by steps that double, then by halving. */
  private long findHead(String account) {
    var low = Objects.requireNonNullElse(begun.getIfPresent(account), 0L);
    var lowNext = nextSeq(account, low);
    if (lowNext == null) return 0;
    var high = Long.MAX_VALUE; // not begun
    for (long step = 1; lowNext == (low + 1) * BUCKET && low + 1 < high; ) {
      var probe = high == Long.MAX_VALUE ? low + step : low + (high - low) / 2;
      var probed = nextSeq(account, probe);
      if (probed == null) {
        high = probe;
      } else {
        low = probe;
        lowNext = probed;
        step *= 2;
      }
    }
    begun.put(account, low);
    return lowNext;
  }

  private @Nullable Long nextSeq(String account, long bucket) {
    var row = cql.readSerially(next.bind(account, bucket)).one();
    return row == null ? null : row.get("next_seq", Long.class);
  }

  @Override
  public OptionalLong append(String account, long expectedHead, List<LogEntry> entries) {
    var tries = new Tries("appending to the log of " + account + " at " + expectedHead, cql.properties().commitDeadline(), nanos);
    var head = expectedHead;
    // A bucket not begun says nothing about the one before it, and an append there would leave a hole.
    if (head > 0 && head % BUCKET == 0) {
      var before = (head - 1) / BUCKET;
      var end = tries.until(() -> nextSeq(account, before));
      if (end == null || end != head) return OptionalLong.empty();
    }
    if (entries.isEmpty()) return tries.until(() -> findHead(account)) == head ? OptionalLong.of(head) : OptionalLong.empty();
    for (int done = 0; done < entries.size(); ) {
      var room = (int) Math.min(MOST_AT_ONCE, BUCKET - head % BUCKET);
      var piece = entries.subList(done, Math.min(entries.size(), done + room));
      if (!appendPiece(account, head, piece, tries)) return OptionalLong.empty();
      done += piece.size();
      head += piece.size();
    }
    begun.asMap().merge(account, (head - 1) / BUCKET, Math::max);
    return OptionalLong.of(head);
  }

  private boolean appendPiece(String account, long from, List<LogEntry> piece, Tries tries) {
    var bucket = from / BUCKET;
    var expected = from % BUCKET == 0 ? null : (Long) from;
    var sentBefore = false;
    while (true) {
      try {
        if (cql.writeIf(batch(account, bucket, from, expected, piece)).wasApplied()) return true;
        if (!sentBefore) return false;
      } catch (DriverException e) {
        tries.failed(e);
      }
      sentBefore = true;
      var now = tries.until(() -> nextSeq(account, bucket));
      if (!Objects.equals(now, expected)) {
        return now != null && now >= from + piece.size() && tries.until(() -> stands(account, bucket, from, piece));
      }
      tries.pause();
    }
  }

  /** Whether the log has exactly these entries from {@code from} on. */
  private boolean stands(String account, long bucket, long from, List<LogEntry> piece) {
    var rows = cql.readSerially(select.bind(account, bucket, from, piece.size())).all();
    for (int i = 0; i < piece.size(); i++) {
      if (i >= rows.size() || rows.get(i).getLong("seq") != from + i || !entry(rows.get(i)).equals(toTheMillisecond(piece.get(i)))) return false;
    }
    return true;
  }

  private BatchStatement batch(String account, long bucket, long from, @Nullable Long expected, List<LogEntry> piece) {
    var batch = BatchStatement.builder(BatchType.UNLOGGED);
    batch.addStatement(advance.bind(from + piece.size(), account, bucket, expected));
    for (int i = 0; i < piece.size(); i++) {
      var e = piece.get(i);
      batch.addStatement(
          Cql.withoutNulls(
              insert.bind(
                  account, bucket, from + i, e.orderId(), e.version(), e.status(), e.lastStatus(), e.domain(), e.type(), e.at(), e.lastChange(), e.appendedAt())));
    }
    return batch.build();
  }

  @Override
  public List<Logged> read(String account, long from, int limit) {
    checkLimit(limit);
    var found = new ArrayList<Logged>();
    var seq = Math.max(0, from);
    while (found.size() < limit) {
      var bucket = seq / BUCKET;
      var rows = page(account, seq, limit - found.size());
      found.addAll(rows);
      var reached = rows.isEmpty() ? seq : rows.get(rows.size() - 1).seq() + 1;
      if (reached < (bucket + 1) * BUCKET) return found;
      seq = reached;
    }
    return found;
  }

  @Override
  public List<Logged> page(String account, long from, int limit) {
    checkLimit(limit);
    var what = "reading the log of " + account + " from " + from;
    var seq = Math.max(0, from);
    var bound = select.bind(account, seq / BUCKET, seq, limit);
    return Cql.answered(what, () -> cql.read(what, bound).map(row -> new Logged(row.getLong("seq"), entry(row))).all());
  }

  /** Bucket by bucket, since what was removed need not be the oldest. Retention removes entries, never a bucket's counter. */
  @Override
  public long firstKept(String account, long from) {
    var head = head(account);
    for (var seq = Math.max(0, from); seq < head; seq = (seq / BUCKET + 1) * BUCKET) {
      var first = page(account, seq, 1);
      if (!first.isEmpty()) return first.get(0).seq();
    }
    return head;
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > 10_000) throw new IllegalArgumentException("limit " + limit);
  }

  private static LogEntry entry(Row row) {
    return new LogEntry(
        Objects.requireNonNull(row.getString("order_id")),
        row.getLong("ver"),
        Objects.requireNonNull(row.getString("status")),
        row.getString("last_status"),
        Objects.requireNonNull(row.getString("domain")),
        Objects.requireNonNull(row.getString("type")),
        Objects.requireNonNull(row.getInstant("at")),
        row.getInstant("last_change"),
        Objects.requireNonNull(row.getInstant("appended_at")));
  }

  /** As the columns keep it. */
  private static LogEntry toTheMillisecond(LogEntry e) {
    var lastChange = e.lastChange();
    return new LogEntry(
        e.orderId(),
        e.version(),
        e.status(),
        e.lastStatus(),
        e.domain(),
        e.type(),
        cut(e.at()),
        lastChange == null ? null : cut(lastChange),
        cut(e.appendedAt()));
  }

  private static Instant cut(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}
