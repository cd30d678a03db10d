/** {@code ./oms load}: years of invented orders, written by the store's own code. */
@NullMarked
package shop.orders.systemtest.load;

import org.jspecify.annotations.NullMarked;
