package shop.orders.workflow.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** Feed v3 on the wire: reading and committing. {@code ?feed=}, {@code ?wait=} and {@code ?gaps=} are ours. */
@RestController
class FeedController {
  private final FeedConfigs configs;
  private final Deliveries deliveries;
  private final FeedWaits waits;

  FeedController(FeedConfigs configs, Deliveries deliveries, FeedWaits waits) {
    this.configs = configs;
    this.deliveries = deliveries;
    this.waits = waits;
  }

  /** At once where there is something or nobody waits; otherwise the answer comes later, and no thread waits for it. */
  @GetMapping("/api/orders/feed")
  Object read(Caller caller, HttpServletRequest request) {
    var query = FeedQuery.of(request);
    var feed = FeedKey.of(caller, query.feed());
    var config = configs.require(feed);
    var asked = query.asked();
    var patience = query.waitFor();
    var read = deliveries.read(feed, config, asked);
    return patience.isZero() || !read.items().isEmpty() ? FeedAnswer.of(read) : waits.begin(feed, asked, patience, read);
  }

  @PostMapping("/api/orders/feed")
  void commit(Caller caller, HttpServletRequest request, JsonBody body) {
    var feed = FeedKey.of(caller, FeedQuery.of(request).feed());
    configs.require(feed);
    var read = configs.handles(feed, handles(body.require()));
    deliveries.commit(feed, read.orElseThrow(() -> ApiError.invalid("Handles", "A handle is not one of this feed's; nothing was committed.")));
  }

  /** The documented object, a list of such objects, or a bare list of handles: clients send all three. */
  private static List<String> handles(JsonNode body) {
    var handles = new ArrayList<String>();
    collect(body, handles);
    if (handles.isEmpty()) throw ApiError.invalid("Handles", "The Handles field is required.");
    return handles;
  }

  private static void collect(JsonNode node, List<String> handles) {
    if (node.isString()) handles.add(node.asString());
    else if (node.isArray()) node.forEach(one -> collect(one, handles));
    else if (node.isObject()) {
      node.properties().stream().filter(p -> p.getKey().equalsIgnoreCase("handles") || p.getKey().equalsIgnoreCase("handle")).forEach(p -> collect(p.getValue(), handles));
    }
  }
}
