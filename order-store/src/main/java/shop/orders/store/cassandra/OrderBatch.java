package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;

/** The only place that writes the table {@code orders}, and only under a condition. */
final class OrderBatch {
  private final Cql cql;
  private final PreparedStatement place;
  private final PreparedStatement advance;
  private final PreparedStatement event;
  private final PreparedStatement seal;

  OrderBatch(Cql cql) {
    this.cql = cql;
    place =
        cql.prepare(
            "UPDATE {keyspace}.orders SET ver = ?, epoch = ?, status = ?, last_change = ?, doc_rev = ?, created_at = ?"
                + " WHERE account = ? AND order_id = ? IF ver = ? AND epoch = ?");
    advance =
        cql.prepare(
            "UPDATE {keyspace}.orders SET ver = ?, epoch = ?, status = ?, last_change = ?"
                + " WHERE account = ? AND order_id = ? IF ver = ? AND epoch = ?");
    // Only ever sent beside one of the two above: a condition on a batch guards all of it.
    event = cql.prepare("INSERT INTO {keyspace}.orders (account, order_id, seq, cmd_id, type, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)");
    seal = cql.prepare("UPDATE {keyspace}.orders SET epoch = ? WHERE account = ? AND order_id = ? IF ver = ? AND epoch = ?");
  }

  /**
   * Writes header and events of {@code decision}, if the partition still has its version and {@code epoch}.
   *
   * @param epoch null for a partition that is not there
   */
  ResultSet write(Decision decision, @Nullable Long epoch) {
    var events = decision.events();
    var last = events.get(events.size() - 1);
    BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
    batch.addStatement(header(decision, last, epoch));
    for (var e : events) {
      batch.addStatement(
          event.bind(
              decision.key().account(), decision.key().orderId(), e.version(), e.commandId(), EventBody.type(e.change()), e.at(), EventBody.write(e)));
    }
    return cql.writeIf(batch.build());
  }

  /** Raises the epoch, if the partition still has {@code version} (null: never placed) and {@code epoch} (null: no partition). */
  ResultSet seal(OrderKey key, @Nullable Long version, @Nullable Long epoch) {
    return cql.writeIf(seal.bind(epoch == null ? 1L : epoch + 1, key.account(), key.orderId(), version, epoch));
  }

  private BoundStatement header(Decision decision, OrderEvent last, @Nullable Long epoch) {
    var key = decision.key();
    var kept = epoch == null ? 0L : epoch;
    var before = decision.baseVersion() == 0 ? null : decision.baseVersion();
    if (decision.events().get(0).change() instanceof Change.Origin origin) {
      return place.bind(last.version(), kept, last.status().wire(), last.at(), origin.documentRev(), decision.createdAt(), key.account(), key.orderId(), before, epoch);
    }
    return advance.bind(last.version(), kept, last.status().wire(), last.at(), key.account(), key.orderId(), before, epoch);
  }
}
