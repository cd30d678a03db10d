/** The ports on Cassandra: the only CQL in the repository. */
@NullMarked
package shop.orders.store.cassandra;

import org.jspecify.annotations.NullMarked;
