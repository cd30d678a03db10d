package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;

/**
 * An order's partition as read.
 *
 * @param epoch null if there is no partition
 */
record OrderPartition(OrderKey key, long version, @Nullable Long epoch, List<OrderEvent> events) {

  /** @param rows with {@code seq, ver, epoch, cmd_id, at, body} */
  static OrderPartition read(OrderKey key, Iterable<Row> rows) {
    long version = 0;
    Long epoch = null;
    var events = new ArrayList<OrderEvent>();
    for (var row : rows) {
      version = row.getLong("ver");
      epoch = row.get("epoch", Long.class);
      if (!row.isNull("seq")) events.add(event(row));
    }
    return new OrderPartition(key, version, epoch, events);
  }

  static OrderEvent event(Row row) {
    return EventBody.read(
        row.getLong("seq"),
        Objects.requireNonNull(row.getUuid("cmd_id")),
        Objects.requireNonNull(row.getInstant("at")),
        Objects.requireNonNull(row.getString("body")));
  }

  Optional<Order> order() {
    return events.isEmpty() ? Optional.empty() : Optional.of(fold(events));
  }

  /** The order as that command left it, if what it wrote begins right after {@code baseVersion}. */
  Optional<Order> leftBy(UUID commandId, long baseVersion) {
    if (version <= baseVersion || !events.get((int) baseVersion).commandId().equals(commandId)) return Optional.empty();
    return Optional.of(fold(events.stream().filter(e -> e.version() <= baseVersion || e.commandId().equals(commandId)).toList()));
  }

  private Order fold(List<OrderEvent> some) {
    return Order.fold(key, epoch == null ? 0 : epoch, some);
  }
}
