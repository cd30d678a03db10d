/** Work that one instance does for all. */
@NullMarked
package shop.orders.web.lease;

import org.jspecify.annotations.NullMarked;
