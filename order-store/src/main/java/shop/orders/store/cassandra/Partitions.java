package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/** Rows as the database hands them out, partition by partition. Not for several threads. */
final class Partitions {
  private final String what;
  private final Iterator<Row> all;
  private List<Row> rows = List.of();
  private @Nullable Row following;

  /** @param all with {@code account, order_id} */
  Partitions(String what, Iterator<Row> all) {
    this.what = what;
    this.all = all;
  }

  /** Goes on to the next one; false if there is none. */
  boolean next() {
    var first = following != null ? following : read();
    following = null;
    if (first == null) return false;
    rows = new ArrayList<>();
    rows.add(first);
    for (var row = read(); row != null; row = read()) {
      if (!key(row).equals(key(first))) {
        following = row;
        break;
      }
      rows.add(row);
    }
    return true;
  }

  /** Of the present one; never empty. */
  List<Row> rows() {
    return rows;
  }

  OrderKey key() {
    return key(rows.get(0));
  }

  private @Nullable Row read() {
    return Cql.answered(what, all::hasNext) ? all.next() : null;
  }

  private static OrderKey key(Row row) {
    return new OrderKey(Objects.requireNonNull(row.getString("account")), Objects.requireNonNull(row.getString("order_id")));
  }
}
