/** Orders of our own, sent through everything again and again, to see from outside whether they get through. */
@NullMarked
package shop.orders.web.canary;

import org.jspecify.annotations.NullMarked;
