package shop.orders.workflow.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one feed's reader wants to hear.
 *
 * @param visibilityTimeout how long an item that was read stays hidden, up to 12 hours
 * @param retention as asked for, 4 to 14 days; nothing is dropped when it is over
 * @param secret signs this feed's handles, hex
 * @param id of this version of the configuration, which the feed's cell names: whoever remembers another one finds out there
 */
record FeedConfig(FeedFilter filter, Duration visibilityTimeout, Duration retention, String secret, String id) {

  /** As stored. @param statuses of a configuration stored before there were other filters */
  @JsonCreator
  static FeedConfig stored(
      @JsonProperty("filter") @Nullable FeedFilter filter,
      @JsonProperty("statuses") @Nullable List<String> statuses,
      @JsonProperty("visibilityTimeout") Duration visibilityTimeout,
      @JsonProperty("retention") Duration retention,
      @JsonProperty("secret") String secret,
      @JsonProperty("id") @Nullable String id) {
    var known = filter != null ? filter : new FeedFilter.FromWorkflow(statuses == null ? List.of() : statuses);
    return new FeedConfig(known, visibilityTimeout, retention, secret, id == null ? "" : id);
  }
}
