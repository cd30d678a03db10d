/** Judges and drills the running product from outside. */
@NullMarked
package shop.orders.systemtest;

import org.jspecify.annotations.NullMarked;
