package shop.orders.workflow.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;

/** Configurations of feeds on the wire. The list of a key's feeds is ours, as are their names. */
@RestController
class FeedConfigController {
  private final FeedConfigs configs;
  private final Feeds feeds;
  private final Backlogs backlogs;

  FeedConfigController(FeedConfigs configs, Feeds feeds, Backlogs backlogs) {
    this.configs = configs;
    this.feeds = feeds;
    this.backlogs = backlogs;
  }

  record Configuration(Filter filter, Queue queue, long quantity, double approximateAgeOfOldestMessageInSeconds) {}

  /** @param feed empty for the unnamed one */
  record Listed(String feed, Filter filter, Queue queue, long quantity, double approximateAgeOfOldestMessageInSeconds, int parked, long missed) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Filter(String type, @Nullable List<String> status, @Nullable String expression, @Nullable Boolean disableSingleFire) {
    static Filter of(FeedFilter filter) {
      if (filter instanceof FeedFilter.FromOrders orders) return new Filter("FromOrders", null, orders.expression(), orders.disableSingleFire());
      return new Filter("FromWorkflow", ((FeedFilter.FromWorkflow) filter).statuses(), null, null);
    }
  }

  record Queue(long visibilityTimeoutInSeconds, long messageRetentionPeriodInSeconds) {
    static Queue of(FeedConfig config) {
      return new Queue(config.visibilityTimeout().toSeconds(), config.retention().toSeconds());
    }
  }

  @PostMapping("/api/orders/feed/config")
  Configuration configure(Caller caller, HttpServletRequest request, JsonBody body) {
    var feed = feed(caller, request);
    return shown(feed, feeds.configure(caller, feed, FeedConfigRequest.of(body)));
  }

  @GetMapping("/api/orders/feed/config")
  Configuration configuration(Caller caller, HttpServletRequest request) {
    var feed = feed(caller, request);
    return shown(feed, configs.require(feed));
  }

  @DeleteMapping("/api/orders/feed/config")
  void delete(Caller caller, HttpServletRequest request) {
    feeds.delete(feed(caller, request));
  }

  @GetMapping("/api/orders/feed/configs")
  List<Listed> configurations(Caller caller) {
    return configs.of(caller).entrySet().stream().map(e -> listed(FeedKey.of(caller, e.getKey()), e.getValue())).toList();
  }

  private static FeedKey feed(Caller caller, HttpServletRequest request) {
    return FeedKey.of(caller, FeedQuery.of(request).feed());
  }

  private Configuration shown(FeedKey feed, FeedConfig config) {
    var backlog = backlogs.of(feed, config);
    return new Configuration(Filter.of(config.filter()), Queue.of(config), backlog.quantity(), seconds(backlog));
  }

  private Listed listed(FeedKey feed, FeedConfig config) {
    var backlog = backlogs.of(feed, config);
    return new Listed(feed.name(), Filter.of(config.filter()), Queue.of(config), backlog.quantity(), seconds(backlog), backlog.parked(), backlog.missed());
  }

  private static double seconds(Backlogs.Backlog backlog) {
    return backlog.age().toMillis() / 1_000.0;
  }
}
