/** One trace per order, over all processes that work on it and all the days it takes. ADR 20. */
@NullMarked
package shop.orders.web.trace;

import org.jspecify.annotations.NullMarked;
