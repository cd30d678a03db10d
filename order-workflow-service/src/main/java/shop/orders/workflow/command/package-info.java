/** How an order is changed: read, decide, write if nobody else was first. */
@NullMarked
package shop.orders.workflow.command;

import org.jspecify.annotations.NullMarked;
