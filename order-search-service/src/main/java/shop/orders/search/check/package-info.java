/** Whether the index holds what the store holds, and what becomes of it where it does not. */
@NullMarked
package shop.orders.search.check;

import org.jspecify.annotations.NullMarked;
