package shop.orders.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/**
 * An order that was created on some day, with the index document that search keeps beside it, so that it need not be made again. It may be
 * of an older version than the order.
 *
 * @param createdAt to the millisecond
 * @param version of the document, as the index counts; 0 if none is kept
 * @param json the document, written out; null if none is kept
 */
public record KeptDocument(OrderKey key, Instant createdAt, long version, byte @Nullable [] json) {}
