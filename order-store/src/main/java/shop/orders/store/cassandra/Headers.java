package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Objects;
import shop.orders.model.OrderKey;
import shop.orders.store.OrderHeader;

/** Static parts of order partitions. */
final class Headers {
  private Headers() {}

  /** @param row with {@code account, order_id, ver, epoch, status, created_at} */
  static OrderHeader read(Row row) {
    var key = new OrderKey(Objects.requireNonNull(row.getString("account")), Objects.requireNonNull(row.getString("order_id")));
    return new OrderHeader(key, row.getLong("ver"), row.getLong("epoch"), row.getString("status"), row.getInstant("created_at"));
  }
}
