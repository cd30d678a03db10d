package shop.orders.workflow.feed;

import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderStatus;
import shop.orders.model.VtexDates;
import shop.orders.store.EventLog.Logged;

/**
 * An event as the feed shows it.
 *
 * @param eventId the same whenever the event is delivered again, see {@link EventIds}
 */
record FeedItem(
    String eventId,
    String handle,
    String domain,
    String state,
    @Nullable String lastState,
    String orderId,
    @Nullable String lastChange,
    String currentChange,
    String availableDate) {

  static FeedItem of(String account, String handle, Logged logged) {
    var entry = logged.entry();
    return new FeedItem(
        EventIds.of(account, logged),
        handle,
        entry.domain(),
        entry.status(),
        OrderStatus.INCOMPLETE.wire().equals(entry.lastStatus()) ? null : entry.lastStatus(),
        entry.orderId(),
        entry.lastChange() == null ? null : VtexDates.feed(entry.lastChange()),
        VtexDates.feed(entry.at()),
        VtexDates.feed(entry.appendedAt()));
  }
}
