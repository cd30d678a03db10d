/** Work that one instance does for all. */
@NullMarked
package shop.orders.search.lease;

import org.jspecify.annotations.NullMarked;
