/** The antifraud provider: protocol, client, and the step that asks it. */
@NullMarked
package shop.orders.workflow.antifraud;

import org.jspecify.annotations.NullMarked;
