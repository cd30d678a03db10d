/** Ports to what is kept about orders. {@code shop.orders.store.cassandra} implements them; nothing else speaks CQL. */
@NullMarked
package shop.orders.store;

import org.jspecify.annotations.NullMarked;
