/** Follows the thin events in Kafka. The only Kafka types in this service. */
@NullMarked
package shop.orders.search.ingest;

import org.jspecify.annotations.NullMarked;
