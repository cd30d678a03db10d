package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.store.FoundOrder;

/** Orders with their documents, some of an account at a time. */
final class WholeOrders {
  /** Without pages: the server reads the partitions of a paged answer one after the other. */
  private static final int NO_PAGES = Integer.MAX_VALUE;

  private final Cql cql;
  private final PreparedStatement events;
  private final PreparedStatement documents;

  WholeOrders(Cql cql) {
    this.cql = cql;
    events = cql.prepare("SELECT account, order_id, ver, epoch, status, created_at, seq, cmd_id, at, body FROM {keyspace}.orders WHERE account = ? AND order_id IN ?");
    documents = cql.prepare("SELECT account, order_id, rev, body, customer FROM {keyspace}.order_docs WHERE account = ? AND order_id IN ?");
  }

  List<FoundOrder> read(String account, Collection<String> orderIds) {
    var orders = partitions(events, account, orderIds);
    // Read after the events, so none is missing that an event names.
    var beside = partitions(documents, account, orderIds);
    var found = new ArrayList<FoundOrder>();
    orders.forEach(
        (key, rows) -> {
          var order = found(rows, beside.getOrDefault(key, List.of()));
          if (order != null) found.add(order);
        });
    return found;
  }

  private Map<OrderKey, List<Row>> partitions(PreparedStatement select, String account, Collection<String> orderIds) {
    var what = "reading " + orderIds.size() + " orders of " + account;
    var read = new HashMap<OrderKey, List<Row>>();
    var partitions = new Partitions(what, cql.read(what, select.bind(account, List.copyOf(orderIds)).setPageSize(NO_PAGES)).iterator());
    while (partitions.next()) read.put(partitions.key(), partitions.rows());
    return read;
  }

  /**
   * @param rows of the order's partition, one at least, with {@code account, order_id, ver, epoch, status, created_at, seq, cmd_id, at, body}
   * @param documents with {@code rev, body, customer}
   * @return null if it was sealed and never placed
   */
  static @Nullable FoundOrder found(List<Row> rows, List<Row> documents) {
    if (rows.get(0).isNull("seq")) return null;
    var header = Headers.read(rows.get(0));
    return new FoundOrder(header, () -> new FoundOrder.Content(OrderPartition.read(header.key(), rows).order().orElseThrow(), DocumentBlobs.read(documents)));
  }
}
