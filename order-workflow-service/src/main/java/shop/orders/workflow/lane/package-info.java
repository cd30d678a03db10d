/** Work that must happen although nobody asks: shards, leases and wakeups. */
@NullMarked
package shop.orders.workflow.lane;

import org.jspecify.annotations.NullMarked;
