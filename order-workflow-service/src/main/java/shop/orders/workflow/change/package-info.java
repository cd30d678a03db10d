/** Changing an order after it was placed: other items, other prices, other shipping. */
@NullMarked
package shop.orders.workflow.change;

import org.jspecify.annotations.NullMarked;
