/** Outside sellers: orders are placed with them, released to them, and canceled with their consent. */
@NullMarked
package shop.orders.workflow.seller;

import org.jspecify.annotations.NullMarked;
