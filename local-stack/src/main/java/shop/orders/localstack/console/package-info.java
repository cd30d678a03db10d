/** What commands that take a while show meanwhile. */
@NullMarked
package shop.orders.localstack.console;

import org.jspecify.annotations.NullMarked;
