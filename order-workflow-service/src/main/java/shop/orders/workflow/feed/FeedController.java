package shop.orders.workflow.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** Feed v3 on the wire. */
@RestController
class FeedController {
  private static final int MOST_AT_ONCE = 10;

  private final Feeds feeds;

  FeedController(Feeds feeds) {
    this.feeds = feeds;
  }

  record Configuration(Filter filter, Queue queue, long quantity, double approximateAgeOfOldestMessageInSeconds) {}

  record Filter(String type, List<String> status) {}

  record Queue(long visibilityTimeoutInSeconds, long messageRetentionPeriodInSeconds) {}

  @PostMapping("/api/orders/feed/config")
  Configuration configure(Caller caller, JsonBody body) {
    var asked = FeedConfigRequest.of(body);
    return shown(caller, feeds.configure(caller, asked.statuses(), asked.visibilityTimeout(), asked.retention()));
  }

  @GetMapping("/api/orders/feed/config")
  Configuration configuration(Caller caller) {
    return shown(caller, required(caller));
  }

  @DeleteMapping("/api/orders/feed/config")
  void delete(Caller caller) {
    required(caller);
    feeds.delete(caller);
  }

  @GetMapping("/api/orders/feed")
  List<FeedItem> read(Caller caller, @RequestParam Map<String, String> parameters) {
    var ignoringCase = new LinkedCaseInsensitiveMap<String>();
    ignoringCase.putAll(parameters);
    return feeds.read(caller, required(caller), maxLot(ignoringCase.getOrDefault("maxlot", String.valueOf(MOST_AT_ONCE))));
  }

  @PostMapping("/api/orders/feed")
  void commit(Caller caller, JsonBody body) {
    var config = required(caller);
    var seqs = new ArrayList<Long>();
    for (var handle : handles(body.require())) {
      seqs.add(Handles.read(config, handle).orElseThrow(() -> ApiError.invalid("Handles", "A handle is not one of this feed's; nothing was committed.")));
    }
    feeds.commit(caller, seqs);
  }

  private FeedConfig required(Caller caller) {
    return feeds.config(caller).orElseThrow(() -> new ApiError(HttpStatus.NOT_FOUND, "OMS404", HttpStatus.NOT_FOUND.getReasonPhrase()));
  }

  private Configuration shown(Caller caller, FeedConfig config) {
    var backlog = feeds.backlog(caller, config);
    return new Configuration(
        new Filter("FromWorkflow", config.statuses()),
        new Queue(config.visibilityTimeout().toSeconds(), config.retention().toSeconds()),
        backlog.quantity(),
        backlog.age().toMillis() / 1_000.0);
  }

  private static int maxLot(String text) {
    try {
      int lot = Integer.parseInt(text.strip());
      if (lot >= 1 && lot <= MOST_AT_ONCE) return lot;
    } catch (NumberFormatException e) {
      throw ApiError.invalid("maxlot", "The field maxlot must be a number between 1 and " + MOST_AT_ONCE + ".");
    }
    throw ApiError.invalid("maxlot", "The field maxlot must be between 1 and " + MOST_AT_ONCE + ".");
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
