/** Orders that are in the index only in part, or not at all: listed with the reason, and indexed again on demand. */
@NullMarked
package shop.orders.search.problem;

import org.jspecify.annotations.NullMarked;
