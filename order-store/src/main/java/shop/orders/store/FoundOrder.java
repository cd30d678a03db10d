package shop.orders.store;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;

/**
 * An order as the database has it, not unpacked yet.
 *
 * @param content unpacks it, on the thread that asks; throws if what is stored of this order is not to be understood
 */
public record FoundOrder(OrderHeader header, Supplier<Content> content) {
  /** @param documents as {@link OrderStore#documents} */
  public record Content(Order order, Map<String, Map<String, @Nullable Object>> documents) {}
}
