/** Whether what clients need of the store works, tried every few seconds, so that it is known before a client asks. */
@NullMarked
package shop.orders.workflow.probe;

import org.jspecify.annotations.NullMarked;
