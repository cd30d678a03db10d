package shop.orders.store.cassandra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;

/**
 * Orders lately read or written. Events never change, so whoever reads an order again asks the database only for what came after the
 * last one known, and unpacks only that; whether there is more is always asked. Safe for use by many threads.
 */
final class KnownOrders {
  /** An order of a dozen events takes some 10 kB; one that grew long is counted by its events, and one that came with its history by that. */
  private static final int MOST_EVENTS = 50_000;

  private static final int BASE = 4;

  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  private final Cache<OrderKey, Order> orders =
      Caffeine.newBuilder().<OrderKey, Order>weigher((key, order) -> weight(order)).maximumWeight(MOST_EVENTS).expireAfterAccess(REMEMBERED).build();

  private static int weight(Order order) {
    return BASE + order.events().size() + order.imported().map(i -> i.entered().size() + i.packages().size()).orElse(0);
  }

  @Nullable Order find(OrderKey key) {
    return orders.getIfPresent(key);
  }

  void keep(Order order) {
    orders.put(order.key(), order);
  }

  /**
   * The order as the database has it.
   *
   * @param rest its partition from the last event of {@code known} on
   * @return empty if that event is not the first of {@code rest}: then {@code known} is no beginning of it
   */
  static Optional<Order> grown(Order known, OrderPartition rest) {
    var last = known.events().get(known.events().size() - 1);
    if (rest.events().isEmpty() || rest.epoch() == null || !same(rest.events().get(0), last)) return Optional.empty();
    if (rest.events().size() == 1 && rest.epoch() == known.epoch()) return Optional.of(known);
    var all = new ArrayList<>(known.events());
    all.addAll(rest.events().subList(1, rest.events().size()));
    return Optional.of(Order.fold(known.key(), rest.epoch(), all));
  }

  private static boolean same(OrderEvent one, OrderEvent other) {
    return one.version() == other.version() && one.commandId().equals(other.commandId());
  }
}
