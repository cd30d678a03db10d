/** Orders to place, generated or from data, and the driver that places them and watches each to its end. */
@NullMarked
package shop.orders.localstack.replay;

import org.jspecify.annotations.NullMarked;
