/** Faults played on the running product while orders flow through it, and what became of both. */
@NullMarked
package shop.orders.systemtest.drill;

import org.jspecify.annotations.NullMarked;
