/** Calls to partners over HTTP: timeouts, and a breaker for each. */
@NullMarked
package shop.orders.workflow.partner;

import org.jspecify.annotations.NullMarked;
