/** How far the events have been handled, what Kafka lost of them, and so how fresh an answer is. Cells and the event log; no Kafka. */
@NullMarked
package shop.orders.search.progress;

import org.jspecify.annotations.NullMarked;
