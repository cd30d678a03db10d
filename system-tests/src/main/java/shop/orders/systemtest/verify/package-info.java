/** The judge: what the store holds, compared with everything that was made from it. */
@NullMarked
package shop.orders.systemtest.verify;

import org.jspecify.annotations.NullMarked;
