/** Indexes from the event log what Kafka lost before it was read. */
@NullMarked
package shop.orders.search.refill;

import org.jspecify.annotations.NullMarked;
