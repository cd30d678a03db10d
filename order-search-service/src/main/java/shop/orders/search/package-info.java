/** Search over orders: wiring. The truth is in the store; everything here can be lost and built again. */
@NullMarked
package shop.orders.search;

import org.jspecify.annotations.NullMarked;
