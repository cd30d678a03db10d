package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    // All slices at once: most days of most accounts have none or few orders, and a request costs more than they.
    select = cql.prepare("SELECT created_at, order_id FROM {keyspace}.orders_by_day WHERE account = ? AND day = ? AND slice IN (" + slices() + ")");
  }

  private static String slices() {
    return IntStream.range(0, SLICES).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  /** The write under way. */
  CompletableFuture<AsyncResultSet> write(OrderKey key, Instant createdAt) {
    var day = LocalDate.ofInstant(createdAt, ZoneOffset.UTC);
    var slice = (byte) Math.floorMod(key.orderId().hashCode(), SLICES);
    return cql.write(insert.bind(key.account(), day, slice, createdAt, key.orderId()));
  }

  @Override
  public void read(String account, LocalDate day, Consumer<CreatedOrder> sink) {
    var what = "reading orders of " + day + " of " + account;
    // Not rows.forEach: a page that fails to come must be told from a sink that fails.
    var rows = cql.read(what, select.bind(account, day)).iterator();
    while (Cql.answered(what, rows::hasNext)) {
      var row = rows.next();
      sink.accept(
          new CreatedOrder(new OrderKey(account, Objects.requireNonNull(row.getString("order_id"))), Objects.requireNonNull(row.getInstant("created_at"))));
    }
  }
}
