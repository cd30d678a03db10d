package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PagingState;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.store.KeptDocument;
import shop.orders.store.OrderHeader;
import shop.orders.store.OrderScan;

/** Walks the ring. The slices are those of the ring as it was at the start; they stay disjoint and complete when nodes come or go. */
final class CassandraOrderScan implements OrderScan {
  private static final int LEAST_SLICES = 256;
  private static final int PAGE_ROWS = 1000;

  private final Cql cql;
  private final List<TokenRange> slices;
  private final PreparedStatement headers;
  private final PreparedStatement kept;
  private final PreparedStatement changes;

  CassandraOrderScan(Cql cql) {
    this.cql = cql;
    var ring =
        cql.session().getMetadata().getTokenMap().orElseThrow(() -> new IllegalStateException("the driver's token map is turned off; scans need it")).getTokenRanges();
    var each = Math.max(1, (LEAST_SLICES + ring.size() - 1) / ring.size());
    slices = ring.stream().sorted().flatMap(range -> range.splitEvenly(each).stream()).flatMap(range -> range.unwrap().stream()).toList();
    // All static, so one row per partition, whatever number of events it has.
    headers = prepare("SELECT DISTINCT account, order_id, ver, epoch, status, created_at FROM {keyspace}.orders", "account, order_id");
    kept = prepare("SELECT " + CassandraOrderDays.KEPT + " FROM {keyspace}.orders_by_day", "account, day, slice");
    changes = cql.prepare("SELECT DISTINCT account, order_id, last_change FROM {keyspace}.orders");
  }

  @Override
  public int slices() {
    return slices.size();
  }

  private PreparedStatement prepare(String select, String partition) {
    return cql.prepare(select + " WHERE token(" + partition + ") > ? AND token(" + partition + ") <= ?");
  }

  @Override
  public void read(int slice, Consumer<OrderHeader> sink) {
    cql.forEach("reading slice " + slice + " of " + slices.size() + " of all orders", bound(headers, slice).setPageSize(PAGE_ROWS), Headers::read, sink);
  }

  @Override
  public void readKept(int slice, Consumer<KeptDocument> sink) {
    cql.forEach(
        "reading slice " + slice + " of " + slices.size() + " of all days", bound(kept, slice).setPageSize(CassandraOrderDays.PAGE_DOCUMENTS), CassandraOrderDays::kept, sink);
  }

  private BoundStatement bound(PreparedStatement select, int slice) {
    var range = slices.get(slice);
    return select.boundStatementBuilder().setToken(0, range.getStart()).setToken(1, range.getEnd()).build();
  }

  /** The server's own paging state is the position: it says in which partition the walk is, whatever became of the ring since. */
  @Override
  public Page page(@Nullable String position) {
    var what = "reading on over all orders";
    var bound = changes.boundStatementBuilder().setPageSize(PAGE_ROWS).build();
    var rows = cql.read(what, position == null ? bound : bound.setPagingState(PagingState.fromString(position)));
    var orders = new ArrayList<ChangedOrder>();
    for (int left = rows.getAvailableWithoutFetching(); left > 0; left--) {
      var row = Objects.requireNonNull(rows.one());
      var lastChange = row.getInstant("last_change");
      if (lastChange == null) continue; // sealed, and never placed
      orders.add(new ChangedOrder(new OrderKey(Objects.requireNonNull(row.getString("account")), Objects.requireNonNull(row.getString("order_id"))), lastChange));
    }
    var next = rows.getExecutionInfo().getSafePagingState();
    return new Page(orders, next == null ? null : next.toString());
  }
}
