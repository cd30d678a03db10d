package shop.orders.workflow.feed;

import java.time.Duration;
import java.util.List;

/**
 * What one application key wants to hear.
 *
 * @param statuses public names; empty for every status
 * @param visibilityTimeout how long an item that was read stays hidden, up to 12 hours
 * @param retention as asked for, 4 to 14 days; nothing is dropped when it is over
 * @param secret signs this feed's handles, hex
 */
record FeedConfig(List<String> statuses, Duration visibilityTimeout, Duration retention, String secret) {
  FeedConfig {
    statuses = List.copyOf(statuses);
  }

  /** Whether an event that brought an order into {@code status} is delivered. */
  boolean wants(String status) {
    return statuses.isEmpty() || statuses.contains(status);
  }
}
