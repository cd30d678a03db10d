package shop.orders.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/**
 * The static part of an order's partition.
 *
 * @param version number of the last event, 0 if the order was never placed
 * @param status public name; null if the order was never placed
 * @param createdAt to the millisecond; null if the order was never placed, or by a release that did not write it here
 */
public record OrderHeader(OrderKey key, long version, long epoch, @Nullable String status, @Nullable Instant createdAt) {}
