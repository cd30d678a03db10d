package shop.orders.workflow.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.VtexDates;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;

/** Sends a feed back. Not in the public API. */
@RestController
class RewindController {
  private final FeedConfigs configs;
  private final Feeds feeds;
  private final Backlogs backlogs;
  private final FeedWaits waits;

  RewindController(FeedConfigs configs, Feeds feeds, Backlogs backlogs, FeedWaits waits) {
    this.configs = configs;
    this.feeds = feeds;
    this.backlogs = backlogs;
    this.waits = waits;
  }

  /** @param from when the first event came about that is delivered next; null if there is none yet */
  record Rewound(String feed, @JsonInclude @Nullable String from, long quantity) {}

  @PostMapping("/api/orders/feed/rewind")
  Rewound rewind(Caller caller, HttpServletRequest request, JsonBody body) {
    var feed = FeedKey.of(caller, FeedQuery.of(request).feed());
    var config = configs.require(feed);
    feeds.rewind(feed, StartPoint.of("body", body.require()));
    waits.ring(feed);
    var backlog = backlogs.of(feed, config);
    return new Rewound(feed.name(), backlog.next() == null ? null : VtexDates.feed(backlog.next()), backlog.quantity());
  }
}
