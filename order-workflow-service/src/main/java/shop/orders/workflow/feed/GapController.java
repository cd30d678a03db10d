package shop.orders.workflow.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** What retention removed before a feed's reader was done with it, and what became of it. Not in the public API. */
@RestController
@RequestMapping("/api/orders/feed/gaps")
class GapController {
  private final FeedConfigs configs;
  private final FeedCells cells;

  GapController(FeedConfigs configs, FeedCells cells) {
    this.configs = configs;
    this.cells = cells;
  }

  /** @param quantity of what is missing still */
  record Gaps(String feed, long quantity, List<Gap> gaps) {}

  record Acknowledged(String feed, long acknowledged, List<Gap> gaps) {}

  @GetMapping
  Gaps list(Caller caller, HttpServletRequest request) {
    var feed = required(caller, request);
    var state = cells.read(feed);
    return new Gaps(feed.name(), state.missing().quantity(), Gap.of(state));
  }

  /**
   * The reader knows and needs no refill of what is missing, or of it up to the number {@code to}: a gap that was found since the reader looked
   * stays.
   */
  @PostMapping("/acknowledge")
  Acknowledged acknowledge(Caller caller, HttpServletRequest request, JsonBody body) {
    var feed = required(caller, request);
    long to = to(body.optional());
    return cells.change(
        feed,
        state -> {
          var next = state.with(state.refill().acknowledged(state.gaps(), to)).withGaps(state.gaps().above(to));
          var answer = new Acknowledged(feed.name(), state.missing().quantity() - next.missing().quantity(), Gap.of(next));
          return answer.acknowledged == 0 ? FeedCells.Step.stay(answer) : FeedCells.Step.to(next, answer);
        });
  }

  private FeedKey required(Caller caller, HttpServletRequest request) {
    var feed = FeedKey.of(caller, FeedQuery.of(request).feed());
    configs.require(feed);
    return feed;
  }

  private static long to(JsonNode body) {
    var to = JsonNames.child(body, "to");
    if (to == null && (body.isMissingNode() || body.isObject())) return Long.MAX_VALUE;
    if (to != null && to.isIntegralNumber() && to.canConvertToLong() && to.asLong() >= 0) return to.asLong();
    throw ApiError.invalid("to", "The field to must be the number that a gap ends with.");
  }
}
