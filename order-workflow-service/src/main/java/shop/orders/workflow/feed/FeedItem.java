package shop.orders.workflow.feed;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.model.VtexDates;
import shop.orders.store.EventLog.Logged;

/**
 * An event as the feed shows it.
 *
 * @param eventId the same whenever the event is delivered again, 32 upper-case hex digits
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

  static FeedItem of(String account, FeedConfig feed, Logged logged) {
    var entry = logged.entry();
    var name = new OrderKey(account, entry.orderId()) + "/" + entry.version();
    return new FeedItem(
        DigestUtils.md5DigestAsHex(name.getBytes(StandardCharsets.UTF_8)).toUpperCase(),
        Handles.of(feed, logged.seq()),
        entry.domain(),
        entry.status(),
        OrderStatus.INCOMPLETE.wire().equals(entry.lastStatus()) ? null : entry.lastStatus(),
        entry.orderId(),
        entry.lastChange() == null ? null : VtexDates.feed(entry.lastChange()),
        VtexDates.feed(entry.at()),
        VtexDates.feed(entry.appendedAt()));
  }
}
