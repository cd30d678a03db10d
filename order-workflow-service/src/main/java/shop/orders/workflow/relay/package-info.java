/** Copies orders' events into their account's event log, once and in order. */
@NullMarked
package shop.orders.workflow.relay;

import org.jspecify.annotations.NullMarked;
