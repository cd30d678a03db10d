package shop.orders.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderEvent;

/**
 * One event of one order in the account's log. Names are public ones, as text: a reader passes on what it does not know.
 *
 * @param version of the order after the event
 * @param lastStatus null for an order's first event; equal to {@code status} where the event moved nothing
 * @param domain {@code Marketplace} or {@code Fulfillment}
 * @param type of the change, {@code placed}, {@code moved}, ...
 * @param at when it was decided, to the millisecond
 * @param lastChange when the order entered {@code lastStatus}, for the feed; null for an order's first event
 * @param appendedAt when it was copied into the log, by the appender's clock, to the millisecond
 */
public record LogEntry(
    String orderId,
    long version,
    String status,
    @Nullable String lastStatus,
    String domain,
    String type,
    Instant at,
    @Nullable Instant lastChange,
    Instant appendedAt) {

  /** What the log says of an order's event. */
  public static LogEntry of(String orderId, OrderEvent event, Instant appendedAt) {
    return new LogEntry(
        orderId,
        event.version(),
        event.status().wire(),
        event.lastStatus() == null ? null : event.lastStatus().wire(),
        event.domain().wire(),
        event.change().type(),
        event.at(),
        event.lastChange(),
        appendedAt);
  }
}
