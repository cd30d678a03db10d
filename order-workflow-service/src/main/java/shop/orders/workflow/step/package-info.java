/** What the workflow does by itself, by status. */
@NullMarked
package shop.orders.workflow.step;

import org.jspecify.annotations.NullMarked;
