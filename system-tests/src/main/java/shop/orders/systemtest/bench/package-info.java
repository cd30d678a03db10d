/** How fast the product is, as a share of what the bare database does in the same minutes. */
@NullMarked
package shop.orders.systemtest.bench;

import org.jspecify.annotations.NullMarked;
