package shop.orders.workflow.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.VtexDates;
import shop.orders.store.EventLog.Logged;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** Tries a filter out on what happened of late. Not in the public API. */
@RestController
class RehearsalController {
  private static final int LONGEST = 30;

  private final Rehearsal rehearsal;

  RehearsalController(Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /** @param countedUpTo null where everything was counted, that is where {@code complete} */
  record Forecast(String from, long count, boolean complete, @JsonInclude @Nullable String countedUpTo, long missed, List<Sample> samples) {}

  record Sample(String eventId, String domain, String state, @JsonInclude @Nullable String lastState, @Nullable String orderId, @Nullable String currentChange) {
    static Sample of(String account, Logged logged) {
      var item = FeedItem.of(EventIds.of(account, logged), "", logged);
      return new Sample(item.eventId(), item.domain(), item.state(), item.lastState(), item.orderId(), item.currentChange());
    }
  }

  @PostMapping("/api/orders/feed/rehearse")
  Forecast rehearse(Caller caller, JsonBody body) {
    var asked = body.require();
    var filter = FeedConfigRequest.filter(JsonNames.child(asked, "filter"));
    var told = rehearsal.of(caller.account(), filter, days(JsonNames.child(asked, "days")));
    var upTo = told.countedUpTo() == null ? null : VtexDates.feed(told.countedUpTo());
    var samples = told.samples().stream().map(logged -> Sample.of(caller.account(), logged)).toList();
    return new Forecast(VtexDates.feed(told.from()), told.count(), upTo == null, upTo, told.missed(), samples);
  }

  private static int days(@Nullable JsonNode days) {
    if (days != null && days.isIntegralNumber() && days.canConvertToInt() && days.asInt() >= 1 && days.asInt() <= LONGEST) return days.asInt();
    throw ApiError.invalid("days", "The field days must be between 1 and " + LONGEST + ".");
  }
}
