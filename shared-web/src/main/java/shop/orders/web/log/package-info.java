/** Log lines that can be found by order and by request, counted by what they tell. */
@NullMarked
package shop.orders.web.log;

import org.jspecify.annotations.NullMarked;
