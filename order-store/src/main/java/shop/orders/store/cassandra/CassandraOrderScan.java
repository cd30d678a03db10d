package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PagingState;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.store.FoundOrder;
import shop.orders.store.OrderHeader;
import shop.orders.store.OrderScan;

/** Walks the ring. The slices are those of the ring as it was at the start; they stay disjoint and complete when nodes come or go. */
final class CassandraOrderScan implements OrderScan {
  private static final int LEAST_SLICES = 256;
  private static final int PAGE_ROWS = 1000;

  /** Of documents: one of 5,000 lines takes some 100 kB even packed. */
  private static final int PAGE_DOCUMENTS = 250;

  private final Cql cql;
  private final List<TokenRange> slices;
  private final PreparedStatement headers;
  private final PreparedStatement events;
  private final PreparedStatement documents;
  private final PreparedStatement changes;

  CassandraOrderScan(Cql cql) {
    this.cql = cql;
    var ring =
        cql.session().getMetadata().getTokenMap().orElseThrow(() -> new IllegalStateException("the driver's token map is turned off; scans need it")).getTokenRanges();
    var each = Math.max(1, (LEAST_SLICES + ring.size() - 1) / ring.size());
    slices = ring.stream().sorted().flatMap(range -> range.splitEvenly(each).stream()).flatMap(range -> range.unwrap().stream()).toList();
    // All static, so one row per partition, whatever number of events it has.
    headers = prepare("SELECT DISTINCT account, order_id, ver, epoch, status, created_at FROM {keyspace}.orders");
    // The tables have one partition key, so the ring has both in one order.
    events = prepare("SELECT token(account, order_id), account, order_id, ver, epoch, status, created_at, seq, cmd_id, at, body FROM {keyspace}.orders");
    documents = prepare("SELECT token(account, order_id), account, order_id, rev, body, customer FROM {keyspace}.order_docs");
    changes = cql.prepare("SELECT DISTINCT account, order_id, last_change FROM {keyspace}.orders");
  }

  @Override
  public int slices() {
    return slices.size();
  }

  private PreparedStatement prepare(String select) {
    return cql.prepare(select + " WHERE token(account, order_id) > ? AND token(account, order_id) <= ?");
  }

  @Override
  public void read(int slice, Consumer<OrderHeader> sink) {
    var what = "reading slice " + slice + " of " + slices.size() + " of all orders";
    var rows = rows(what, headers, slice, PAGE_ROWS);
    while (Cql.answered(what, rows::hasNext)) sink.accept(Headers.read(rows.next()));
  }

  @Override
  public void readWhole(int slice, Consumer<FoundOrder> sink) {
    var what = "reading slice " + slice + " of " + slices.size() + " of all orders whole";
    var orders = new Partitions(what, rows(what, events, slice, PAGE_ROWS));
    var packed = new Partitions(what, rows(what, documents, slice, PAGE_DOCUMENTS));
    while (orders.next()) {
      var found = WholeOrders.found(orders.rows(), packed.of(orders.token(), orders.key()));
      if (found != null) sink.accept(found);
    }
  }

  private Iterator<Row> rows(String what, PreparedStatement select, int slice, int page) {
    var range = slices.get(slice);
    return cql.read(what, select.boundStatementBuilder().setToken(0, range.getStart()).setToken(1, range.getEnd()).setPageSize(page).build()).iterator();
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
