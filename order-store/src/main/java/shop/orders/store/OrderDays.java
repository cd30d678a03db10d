package shop.orders.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;
import shop.orders.model.OrderKey;

/** Which orders were created on a day. May name an order whose placement never landed, never misses one that did. */
public interface OrderDays {
  /** Hands every order created on {@code day} (UTC) to {@code sink}, newest first within slices, with at most one page in memory. */
  void read(String account, LocalDate day, Consumer<CreatedOrder> sink);

  /** @param createdAt to the millisecond */
  record CreatedOrder(OrderKey key, Instant createdAt) {}
}
