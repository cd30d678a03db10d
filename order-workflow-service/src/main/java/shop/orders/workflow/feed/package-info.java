/** The order feed: a cursor on the account's event log. */
@NullMarked
package shop.orders.workflow.feed;

import org.jspecify.annotations.NullMarked;
