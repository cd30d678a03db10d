package shop.orders.workflow.lane;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How shards are shared between instances and watched.
 *
 * @param lease a shard whose holder was not heard of for this long is taken over; it is renewed three times in that time
 * @param pollEvery how soon work announced by another instance is seen; work of the same process is seen at once
 * @param gather what comes in within this time is dealt with together: each round reads wakeups, and each append and cursor is a conditional
 *     write, whether for one order or for fifty
 */
@ConfigurationProperties("orders.workflow.lanes")
record LaneProperties(@DefaultValue("6s") Duration lease, @DefaultValue("250ms") Duration pollEvery, @DefaultValue("25ms") Duration gather) {}
