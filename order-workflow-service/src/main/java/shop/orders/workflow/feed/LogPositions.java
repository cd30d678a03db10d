package shop.orders.workflow.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.model.OrderKey;
import shop.orders.store.EventLog;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;

/** Finds the number in an account's log that somebody means. Safe for use by many threads. */
@Component
class LogPositions {
  /** The log is in order of its appenders' clocks, which agree within this. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  /** An order's event is decided, and dated, before it is appended; where another instance decided, by another clock. */
  private static final Duration BEFORE_PLACED = Duration.ofMinutes(2);

  private static final int PAGE = 5_000;
  private static final int NEIGHBOURS = 1_000;
  private static final long MOST_LOOKED_AT = 500_000;

  private final EventLog log;
  private final OrderStore orders;

  LogPositions(EventLog log, OrderStore orders) {
    this.log = log;
    this.orders = orders;
  }

  /** @throws ApiError 404 if there is no such event or order */
  long find(String account, StartPoint point) {
    if (point instanceof StartPoint.Date at) return at(account, at.date());
    if (point instanceof StartPoint.Event event) return event(account, event.eventId());
    return firstOf(account, ((StartPoint.FirstOf) point).orderId());
  }

  /** When the first of what a feed hears that begins at {@code number}, found for {@code point}, may have been decided. */
  Instant since(String account, StartPoint point, long number) {
    if (point instanceof StartPoint.Date at) return at.date();
    return log.page(account, number, 1).stream().map(logged -> logged.entry().at()).findFirst().orElse(Instant.EPOCH);
  }

  /**
   * The first number of which, and of everything after it, nothing that was appended at {@code date} or later is missing. Where entries of
   * that time may have been removed, the first of them, so that the reader is told of the gap.
   */
  private long at(String account, Instant date) {
    long low = log.firstKept(account, 0);
    long kept = low;
    long high = log.head(account);
    var surely = date.minus(CLOCKS_DIFFER);
    while (low < high) {
      long middle = low + (high - low) / 2;
      var entry = log.page(account, middle, 1);
      if (!entry.isEmpty() && !entry.get(0).entry().appendedAt().isBefore(surely)) high = middle;
      else low = entry.isEmpty() ? middle + 1 : Math.min(high, entry.get(0).seq() + 1);
    }
    if (low == kept) return kept > 0 ? 0 : firstAppended(account, 0, date);
    return firstAppended(account, low, date);
  }

  /**
   * A moment after everything below that number was decided, as far as can be seen: an order's events stand in the log by number, and those of
   * different orders nearly by their time. The beginning of time if nothing is below.
   */
  Instant momentBefore(String account, long number) {
    long from = log.firstKept(account, Math.max(0, number - NEIGHBOURS));
    return log.read(account, from, NEIGHBOURS).stream()
        .filter(logged -> logged.seq() < number)
        .map(logged -> logged.entry().at().plusMillis(1)) // the log cuts off what is below
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /** From where the clocks leave it open, on to the first of that time. */
  private long firstAppended(String account, long from, Instant date) {
    var page = log.read(account, from, PAGE);
    for (var logged : page) if (!logged.entry().appendedAt().isBefore(date)) return logged.seq();
    return page.isEmpty() ? from : page.size() < PAGE ? page.get(page.size() - 1).seq() + 1 : from;
  }

  private long event(String account, String eventId) {
    long number = EventIds.require("eventId", eventId);
    var there = log.page(account, number, 1);
    if (!there.isEmpty() && there.get(0).seq() == number && EventIds.of(account, there.get(0)).equalsIgnoreCase(eventId)) return number;
    throw new ApiError(HttpStatus.NOT_FOUND, "OMS404", "There is no event " + eventId + " in this account's log.");
  }

  private long firstOf(String account, String orderId) {
    var order = orders.find(new OrderKey(account, orderId)).orElseThrow(ApiError::orderNotFound);
    long from = at(account, order.events().get(0).at().minus(BEFORE_PLACED));
    long head = log.head(account);
    for (long seq = log.firstKept(account, from); seq < head; ) {
      if (seq - from > MOST_LOOKED_AT) {
        throw ApiError.invalid("orderId", "The first event of " + orderId + " came long after the order was placed; give the date of that event instead.");
      }
      var page = log.read(account, seq, PAGE);
      var found = page.stream().filter(logged -> logged.entry().orderId().equals(orderId)).findFirst();
      if (found.isPresent() && found.get().entry().version() > 1) {
        throw new ApiError(HttpStatus.NOT_FOUND, "OMS404", "The first event of the order " + orderId + " was removed from the log; rewind to a date.");
      }
      if (found.isPresent()) return found.get().seq();
      seq = page.isEmpty() ? log.firstKept(account, seq) : page.get(page.size() - 1).seq() + 1;
    }
    throw new ApiError(HttpStatus.NOT_FOUND, "OMS404", "No event of the order " + orderId + " is in this account's log.");
  }
}
