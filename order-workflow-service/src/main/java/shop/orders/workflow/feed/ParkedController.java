package shop.orders.workflow.feed;

import jakarta.servlet.http.HttpServletRequest;
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

/** What a feed delivered too often without commit. Not in the public API, which drops it. */
@RestController
@RequestMapping("/api/orders/feed/parked")
class ParkedController {
  private final FeedConfigs configs;
  private final ParkedItems items;
  private final FeedWaits waits;

  ParkedController(FeedConfigs configs, ParkedItems items, FeedWaits waits) {
    this.configs = configs;
    this.items = items;
    this.waits = waits;
  }

  /** @param next what {@code ?after=} takes for those that follow; null if these are the last */
  record Parked(String feed, int quantity, boolean full, List<ParkedItems.Item> parked, @Nullable String next) {}

  record Replayed(String feed, int replayed) {}

  record Discarded(String feed, int discarded) {}

  @GetMapping
  Parked list(Caller caller, HttpServletRequest request) {
    var query = FeedQuery.of(request);
    var feed = required(caller, query);
    var listed = items.list(feed, query.after());
    var shown = listed.items();
    var next = listed.more() && !shown.isEmpty() ? shown.get(shown.size() - 1).eventId() : null;
    return new Parked(feed.name(), listed.quantity(), listed.full(), shown, next);
  }

  @PostMapping("/replay")
  Replayed replay(Caller caller, HttpServletRequest request, JsonBody body) {
    var feed = required(caller, FeedQuery.of(request));
    var replayed = items.replay(feed, eventIds(body.optional()));
    waits.ring(feed);
    return new Replayed(feed.name(), replayed);
  }

  @PostMapping("/discard")
  Discarded discard(Caller caller, HttpServletRequest request, JsonBody body) {
    var feed = required(caller, FeedQuery.of(request));
    var ids = eventIds(body.require()).orElseThrow(() -> ApiError.invalid("eventIds", "The eventIds field is required."));
    return new Discarded(feed.name(), items.discard(feed, ids));
  }

  private FeedKey required(Caller caller, FeedQuery query) {
    var feed = FeedKey.of(caller, query.feed());
    configs.require(feed);
    return feed;
  }

  private static Optional<List<String>> eventIds(JsonNode body) {
    if (!body.isMissingNode() && !body.isObject()) throw ApiError.invalid("eventIds", "The body must be an object with eventIds.");
    var asked = JsonNames.child(body, "eventIds");
    if (asked == null) return Optional.empty();
    if (!asked.isArray() || asked.size() > ParkedItems.MOST_AT_ONCE) {
      throw ApiError.invalid("eventIds", "The eventIds field must be a list of at most " + ParkedItems.MOST_AT_ONCE + ".");
    }
    var ids = new ArrayList<String>();
    for (var one : asked) {
      if (!one.isString()) throw ApiError.invalid("eventIds", "The eventIds field must be a list of texts.");
      ids.add(one.asString());
    }
    return Optional.of(ids);
  }
}
