package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import shop.orders.model.OrderKey;
import shop.orders.store.Receipts;

final class CassandraReceipts implements Receipts {
  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  CassandraReceipts(Cql cql) {
    this.cql = cql;
    insert = cql.prepare("INSERT INTO {keyspace}.receipts (account, receipt, order_id, action, at, unchanged_at) VALUES (?, ?, ?, ?, ?, ?) USING TTL 15552000");
    select = cql.prepare("SELECT order_id, action, at, unchanged_at FROM {keyspace}.receipts WHERE account = ? AND receipt = ?");
  }

  @Override
  public void save(Entry entry) {
    var order = entry.order();
    var row = insert.bind(order.account(), entry.id(), order.orderId(), entry.action(), entry.at(), entry.unchangedAt());
    Cql.await("saving a receipt of order " + order, List.of(cql.write(Cql.withoutNulls(row))));
  }

  @Override
  public Optional<Entry> find(String account, UUID id) {
    return Optional.ofNullable(cql.read("reading receipt " + id, select.bind(account, id)).one())
        .map(
            row ->
                new Entry(
                    id,
                    new OrderKey(account, Objects.requireNonNull(row.getString("order_id"))),
                    Objects.requireNonNull(row.getString("action")),
                    Objects.requireNonNull(row.getInstant("at")),
                    row.isNull("unchanged_at") ? null : (Long) row.getLong("unchanged_at")));
  }
}
