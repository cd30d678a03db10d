/** Builds the index anew from the store beside the one that answers, in three waves, newest first, while everything goes on. */
@NullMarked
package shop.orders.search.rebuild;

import org.jspecify.annotations.NullMarked;
