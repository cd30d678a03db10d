package shop.orders.store;

import java.time.Instant;
import shop.orders.model.OrderKey;

/**
 * "Look at this order, not before {@code dueAt}": written before the batch it announces. Looking is idempotent.
 *
 * @param version the order's version before that batch: once the order is past it, the batch landed or never can
 * @param dueAt to the millisecond
 */
public record Wakeup(OrderKey key, long version, Instant dueAt) {}
