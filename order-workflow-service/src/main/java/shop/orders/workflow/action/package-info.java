/** What ERPs, sellers and carriers do to an order, and reading it. */
@NullMarked
package shop.orders.workflow.action;

import org.jspecify.annotations.NullMarked;
