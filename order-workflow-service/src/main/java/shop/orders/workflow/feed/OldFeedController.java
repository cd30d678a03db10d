package shop.orders.workflow.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/**
 * Feed v2, which connectors from before 2019 still read. It has no configuration: each key has one such feed, of every status, which begins
 * when it is first read.
 */
@RestController
@RequestMapping("/api/oms/pvt/feed/orders/status")
class OldFeedController {
  /** What it once allowed; later it was 10. */
  private static final int MOST_AT_ONCE = 20;

  /** Between the domain and the rest of a token. */
  private static final String MARK = "##";

  private static final FeedConfigRequest EVERYTHING =
      new FeedConfigRequest(new FeedFilter.FromWorkflow(List.of()), Duration.ofSeconds(30), Duration.ofDays(4), Optional.empty());

  private final Feeds feeds;
  private final FeedConfigs configs;
  private final Deliveries deliveries;

  OldFeedController(Feeds feeds, FeedConfigs configs, Deliveries deliveries) {
    this.feeds = feeds;
    this.configs = configs;
    this.deliveries = deliveries;
  }

  record Item(@Nullable String orderId, String status, @Nullable String dateTime, String origin, String commitToken) {
    static Item of(FeedItem item) {
      return new Item(item.orderId(), item.state(), item.currentChange(), item.domain(), item.domain() + MARK + item.handle());
    }
  }

  @GetMapping
  List<Item> read(Caller caller, HttpServletRequest request) {
    int max = FeedQuery.of(request).maxLot(MOST_AT_ONCE);
    var feed = FeedKey.old(caller);
    var config = configs.find(feed).orElseGet(() -> feeds.configure(caller, feed, EVERYTHING));
    return deliveries.read(feed, config, Asked.events(max)).items().stream().map(Item::of).toList();
  }

  @PostMapping("/confirm")
  void confirm(Caller caller, JsonBody body) {
    var feed = FeedKey.old(caller);
    var sent = body.require();
    var handles = new ArrayList<String>();
    for (var one : sent.isArray() ? sent : List.of(sent)) handles.add(handle(one));
    deliveries.commit(feed, configs.handles(feed, handles).orElseThrow(() -> ApiError.invalid("commitToken", "A commitToken is not one of this key's; nothing was committed.")));
  }

  private static String handle(JsonNode one) {
    var token = JsonNames.text(JsonNames.child(one, "commitToken"));
    if (token == null) throw ApiError.invalid("commitToken", "The commitToken field is required.");
    return token.substring(token.indexOf(MARK) < 0 ? 0 : token.indexOf(MARK) + MARK.length());
  }
}
