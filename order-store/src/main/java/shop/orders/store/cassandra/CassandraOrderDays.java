package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import shop.orders.model.OrderKey;
import shop.orders.store.OrderDays;

final class CassandraOrderDays implements OrderDays {
  /** Fixed for the life of a keyspace. */
  private static final int SLICES = 8;

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  CassandraOrderDays(Cql cql) {
    this.cql = cql;
    insert = cql.prepare("INSERT INTO {keyspace}.orders_by_day (account, day, slice, created_at, order_id) VALUES (?, ?, ?, ?, ?)");
    select = cql.prepare("SELECT created_at, order_id FROM {keyspace}.orders_by_day WHERE account = ? AND day = ? AND slice = ?");
  }

  /** The write under way. */
  CompletableFuture<AsyncResultSet> write(OrderKey key, Instant createdAt) {
    var day = LocalDate.ofInstant(createdAt, ZoneOffset.UTC);
    var slice = (byte) Math.floorMod(key.orderId().hashCode(), SLICES);
    return cql.write(insert.bind(key.account(), day, slice, createdAt, key.orderId()));
  }

  @Override
  public void read(String account, LocalDate day, Consumer<CreatedOrder> sink) {
    for (byte slice = 0; slice < SLICES; slice++) {
      var rows = cql.read("reading orders of " + day + " of " + account, select.bind(account, day, slice));
      // Not rows.forEach: a page that fails to come must be told from a sink that fails.
      var row = rows.iterator();
      while (Cql.answered("reading orders of " + day + " of " + account, row::hasNext)) {
        var next = row.next();
        sink.accept(
            new CreatedOrder(
                new OrderKey(account, Objects.requireNonNull(next.getString("order_id"))), Objects.requireNonNull(next.getInstant("created_at"))));
      }
    }
  }
}
