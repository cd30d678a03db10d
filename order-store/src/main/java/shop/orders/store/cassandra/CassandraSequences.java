package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Sequences;
import shop.orders.store.StoreUnavailable;

/**
 * Takes numbers from the database in blocks and hands them out one caller at a time: the callers of one process never race each other
 * for the same cell, which on a busy account made most of their conditional writes fail. A process that ends loses its block's rest.
 */
final class CassandraSequences implements Sequences {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Cql cql;
  private final LongSupplier nanos;
  private final PreparedStatement select;
  private final PreparedStatement update;
  private final Map<String, Block> blocks = new ConcurrentHashMap<>();

  /** Numbers from {@code next} (inclusive) to {@code end} (exclusive) are ours. Guarded by the lock. */
  private static final class Block {
    final ReentrantLock lock = new ReentrantLock();
    long next;
    long end;
  }

  CassandraSequences(Cql cql, LongSupplier nanos) {
    this.cql = cql;
    this.nanos = nanos;
    select = cql.prepare("SELECT next FROM {keyspace}.sequences WHERE account = ?");
    update = cql.prepare("UPDATE {keyspace}.sequences SET next = ? WHERE account = ? IF next = ?");
  }

  @Override
  public long reserve(String account, int count) {
    if (count < 1) throw new IllegalArgumentException("count " + count);
    var block = locked(account);
    try {
      if (block.end - block.next < count) {
        var size = Math.max(count, IN_ADVANCE);
        var first = take(account, size, 1);
        if (first != block.end) block.next = first;
        block.end = first + size;
      }
      var first = block.next;
      block.next += count;
      return first;
    } finally {
      block.lock.unlock();
    }
  }

  @Override
  public void skipTo(String account, long least) {
    var block = locked(account);
    try {
      if (least <= block.end) {
        block.next = Math.max(block.next, least);
      } else {
        block.end = take(account, 0, least);
        block.next = block.end;
      }
    } finally {
      block.lock.unlock();
    }
  }

  private Block locked(String account) {
    var block = blocks.computeIfAbsent(account, a -> new Block());
    if (!inTime(block.lock)) throw new StoreUnavailable("reserving numbers of " + account + ": others have waited for them too long", null);
    return block;
  }

  /** With a database that hangs, callers must not queue one behind the other for its whole deadline each. */
  private static boolean inTime(ReentrantLock lock) {
    try {
      return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** @param least the number that the first one must not be below */
  private long take(String account, int size, long least) {
    var tries = new Tries("reserving " + size + " numbers of " + account, cql.properties().commitDeadline(), nanos);
    var next = tries.until(() -> next(cql.read("reading a sequence", select.bind(account))));
    while (true) {
      try {
        var first = Math.max(least, next == null ? 1L : next);
        if (size == 0 && next != null && next == first) return first;
        var result = cql.writeIf(update.bind(first + size, account, next));
        if (result.wasApplied()) return first;
        next = next(result);
      } catch (DriverException e) {
        // Perhaps written: then those numbers are lost, which nobody minds.
        tries.failed(e);
      }
      tries.pause();
    }
  }

  private static @Nullable Long next(ResultSet result) {
    var row = result.one();
    return row == null || !row.getColumnDefinitions().contains("next") ? null : row.get("next", Long.class);
  }
}
