package shop.orders.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an order. Sort by {@link #version()}, never by time: clocks differ, versions do not.
 *
 * @param version 1 for an order's first event, one more for each next one, without gap
 * @param commandId the command that caused it; events written together share it
 * @param by who: {@code key:vtexappkey-...}, {@code system}, {@code antifraud}
 * @param lastStatus before the event; null for the first
 * @param lastChange when the order entered {@code lastStatus}; null for the first
 * @param status after it; the same as {@code lastStatus} where the event moved nothing
 */
public record OrderEvent(
    long version,
    UUID commandId,
    Instant at,
    String by,
    Domain domain,
    @Nullable OrderStatus lastStatus,
    @Nullable Instant lastChange,
    OrderStatus status,
    Change change) {

  /** The command's id as the API shows it, as a receipt or a request's id: 32 lower-case hexadecimal digits. */
  public String receipt() {
    return commandId.toString().replace("-", "");
  }

  /** Whether the order entered a status by this event. */
  public boolean isTransition() {
    return lastStatus != status;
  }
}
