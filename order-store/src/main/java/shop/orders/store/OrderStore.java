package shop.orders.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;

/** The truth about orders. Safe for use by many threads; each call goes to the database. */
public interface OrderStore {

  /** The order as committed. @throws StoreUnavailable if the database does not answer */
  Optional<Order> find(OrderKey key);

  /**
   * The order with at least one event after {@code version}, if it has any; there may be newer ones that are not told. What was lately read or
   * written here is answered without asking the database: events never change. Otherwise, and if there is no such event, as
   * {@link #find}.
   */
  default Optional<Order> findAfter(OrderKey key, long version) {
    return find(key);
  }

  /**
   * The order's documents by revision: the placed one and one per package. Leftovers of writes that lost a race may be among them,
   * so take only revisions an event names. Empty if there is no such order.
   *
   * @throws StoreUnavailable if the database does not answer
   */
  Map<String, Map<String, @Nullable Object>> documents(OrderKey key);

  /**
   * Orders of one account with their documents, asked for together: much less work for the database than asking for each. In no order;
   * those that were never placed are left out.
   *
   * @param orderIds as many as may be in memory at once, packed
   * @throws StoreUnavailable if the database does not answer for all of them
   */
  default List<FoundOrder> findWhole(String account, Collection<String> orderIds) {
    return orderIds.stream()
        .flatMap(orderId -> header(new OrderKey(account, orderId)).stream())
        .filter(header -> header.version() > 0)
        .map(header -> new FoundOrder(header, () -> new FoundOrder.Content(find(header.key()).orElseThrow(), documents(header.key()))))
        .toList();
  }

  /**
   * The document the order was placed with.
   *
   * @throws StoreUnavailable if the database does not answer
   * @throws IllegalStateException if it is not there, which no crash can bring about
   */
  default OrderDocument placedDocument(Order order) {
    var fields = documents(order.key()).get(order.placed().documentRev());
    if (fields == null) throw new IllegalStateException(order + " lost its document");
    return OrderDocument.stored(fields);
  }

  /**
   * Where an order's partition stands, without its events.
   *
   * @return version 0 and the raised epoch for an order that was never placed; empty if the partition does not exist
   * @throws StoreUnavailable if the database does not answer
   */
  Optional<OrderHeader> header(OrderKey key);

  /**
   * As {@link #header}, asked for together: much less work for the database than asking for each. In no order; partitions that do not exist
   * are left out.
   *
   * @param keys some thousand at most, of any account
   * @throws StoreUnavailable if the database does not answer for all of them
   */
  default List<OrderHeader> headers(Collection<OrderKey> keys) {
    return keys.stream().flatMap(key -> header(key).stream()).toList();
  }

  /**
   * Events after {@code version}, oldest first; empty if there are none.
   *
   * @throws StoreUnavailable if the database does not answer
   */
  List<OrderEvent> eventsAfter(OrderKey key, long version);

  /**
   * Writes one decision: first the wakeups that say "look at this order", then its documents, then all its events in one conditional
   * batch. An outcome the database leaves unknown is found out before this returns.
   *
   * @return what became of it; {@link CommitOutcome.Conflict} means another writer was first and nothing was written: read and decide again
   * @throws StoreUnavailable if the outcome is still unknown after bounded tries: the decision may have been written, ask again with the
   *     same command id or read the order
   */
  CommitOutcome commit(OrderCommit commit);

  /**
   * Raises the order's epoch if it still has {@code version}, so that a batch decided on that version can no longer land. For closing
   * a wakeup whose batch never showed up.
   *
   * @param version 0 for an order that was never placed
   * @return false if the order has moved on: look at it again
   * @throws StoreUnavailable if the outcome is unknown; sealing again is harmless
   */
  boolean seal(OrderKey key, long version);
}
