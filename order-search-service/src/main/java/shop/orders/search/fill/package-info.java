/** Sees to it that every index that should exist does, and that one newly made is filled from the store, newest first, by itself. */
@NullMarked
package shop.orders.search.fill;

import org.jspecify.annotations.NullMarked;
