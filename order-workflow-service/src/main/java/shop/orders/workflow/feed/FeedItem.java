package shop.orders.workflow.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderStatus;
import shop.orders.model.VtexDates;
import shop.orders.store.EventLog.Logged;

/**
 * An event as the feed shows it.
 *
 * @param eventId the same whenever the event is delivered again, see {@link EventIds}
 * @param orderId null for a gap alone, as are the dates
 * @param gap null for events
 */
record FeedItem(
    String eventId,
    String handle,
    String domain,
    String state,
    @Nullable String lastState,
    @Nullable String orderId,
    @Nullable String lastChange,
    @Nullable String currentChange,
    @Nullable String availableDate,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Gap gap) {

  static FeedItem of(FeedKey feed, String handle, Logged logged) {
    return of(EventIds.of(feed, logged), handle, logged);
  }

  /** Of a gap, for readers that ask for gaps as items. */
  static FeedItem of(FeedKey feed, String handle, Gap gap) {
    return new FeedItem(EventIds.of(feed.account(), new Ranges.Range(gap.from(), gap.to(), 0)), handle, "Feed", "gap", null, null, null, null, null, gap);
  }

  static FeedItem of(String eventId, String handle, Logged logged) {
    var entry = logged.entry();
    return new FeedItem(
        eventId,
        handle,
        entry.domain(),
        entry.status(),
        OrderStatus.INCOMPLETE.wire().equals(entry.lastStatus()) ? null : entry.lastStatus(),
        entry.orderId(),
        entry.lastChange() == null ? null : VtexDates.feed(entry.lastChange()),
        VtexDates.feed(entry.at()),
        VtexDates.feed(entry.appendedAt()),
        null);
  }
}
