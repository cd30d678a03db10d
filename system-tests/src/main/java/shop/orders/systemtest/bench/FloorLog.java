package shop.orders.systemtest.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The floor's event log: one writer, up to a hundred rows in a conditional batch, whatever has gathered while the last one was under way. */
final class FloorLog implements AutoCloseable {
  private static final long BUCKET = 10_000;
  private static final int MOST_AT_ONCE = 100;

  private final CqlSession session;
  private final String account;
  private final PreparedStatement advance;
  private final PreparedStatement insert;
  private final LinkedBlockingQueue<Row> rows = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Thread writer = new Thread(this::write, "floor-log");
  private long head;
  private volatile @Nullable RuntimeException broken;

  private record Row(String orderId, OrderRows.Event event) {}

  FloorLog(CqlSession session, String keyspace, String account) {
    this.session = session;
    this.account = account;
    advance = session.prepare("UPDATE " + keyspace + ".event_log SET next_seq = ? WHERE account = ? AND bucket = ? IF next_seq = ?");
    insert = session.prepare("INSERT INTO " + keyspace + ".event_log"
        + " (account, bucket, seq, order_id, ver, status, last_status, domain, type, at, last_change, appended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    writer.setDaemon(true);
    writer.start();
  }

  void add(String orderId, List<OrderRows.Event> events) {
    waiting.addAndGet(events.size());
    events.forEach(event -> rows.add(new Row(orderId, event)));
  }

  /** Returns when all that was added is appended. */
  void await() {
    while (waiting.get() > 0) {
      if (broken != null) throw broken;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Override
  public void close() {
    writer.interrupt();
  }

  private void write() {
    var piece = new ArrayList<Row>();
    try {
      while (true) {
        piece.clear();
        piece.add(rows.take());
        rows.drainTo(piece, (int) Math.min(MOST_AT_ONCE, BUCKET - head % BUCKET) - 1);
        append(piece);
        waiting.addAndGet(-piece.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException e) {
      broken = e;
    }
  }

  private void append(List<Row> piece) {
    long bucket = head / BUCKET;
    var batch = BatchStatement.builder(BatchType.UNLOGGED);
    batch.addStatement(advance.bind(head + piece.size(), account, bucket, head % BUCKET == 0 ? null : (Long) head));
    var now = Instant.now();
    for (int i = 0; i < piece.size(); i++) {
      var row = piece.get(i);
      batch.addStatement(insert.bind(
          account, bucket, head + i, row.orderId(), row.event().version(), "ready-for-handling", "window-to-cancel", "Marketplace", row.event().type(), now, now, now));
    }
    if (!session.execute(Floor.conditional(batch.build())).wasApplied()) throw new IllegalStateException("the floor's log was refused, though nobody else writes it");
    head += piece.size();
  }
}
