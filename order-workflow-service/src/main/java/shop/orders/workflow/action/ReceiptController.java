package shop.orders.workflow.action;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.Outcome;
import shop.orders.model.VtexDates;
import shop.orders.store.OrderStore;
import shop.orders.store.Receipts;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.SellerKeys;

/** Tells what became of an action by the receipt it was answered with. */
@RestController
class ReceiptController {
  private static final Pattern HEX = Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");

  private final Receipts receipts;
  private final OrderStore store;

  ReceiptController(Receipts receipts, OrderStore store) {
    this.receipts = receipts;
    this.store = store;
  }

  @GetMapping("/api/oms/pvt/receipts/{receipt}")
  Told tell(Caller caller, @PathVariable String receipt) {
    var entry = id(receipt).flatMap(id -> receipts.find(caller.account(), id)).orElseThrow(ReceiptController::unknown);
    var order = store.find(entry.order()).filter(found -> SellerKeys.mayReach(caller, found, store)).orElseThrow(ReceiptController::unknown);
    return Told.of(entry, order);
  }

  /** Older connectors keep receipts with dashes, some in capitals. */
  static Optional<UUID> id(String receipt) {
    var matcher = HEX.matcher(receipt.replace("-", "").toLowerCase(Locale.ROOT));
    return matcher.matches() ? Optional.of(UUID.fromString(matcher.replaceFirst("$1-$2-$3-$4-$5"))) : Optional.empty();
  }

  private static ApiError unknown() {
    return new ApiError(HttpStatus.NOT_FOUND, "OMS010", "There is no such receipt, or it is older than 180 days.");
  }

  /**
   * @param date when the action was taken
   * @param outcome done, pending, refused, unchanged or not-done
   * @param version of the order right after the last of {@code events}; the one that was found where nothing was to be done; null for not-done
   * @param status of the order now
   */
  record Told(
      String receipt,
      String orderId,
      String action,
      String date,
      String outcome,
      @Nullable String reason,
      @Nullable Long version,
      String status,
      List<Event> events) {

    static Told of(Receipts.Entry entry, Order order) {
      var outcome = Outcome.of(order, entry.id());
      var events = outcome.events();
      boolean unchanged = entry.unchangedAt() != null && events.isEmpty();
      return new Told(
          Receipt.text(entry.id()),
          order.key().orderId(),
          entry.action(),
          VtexDates.document(entry.at()),
          unchanged ? "unchanged" : outcome.kind().wire(),
          outcome.reason(),
          events.isEmpty() ? entry.unchangedAt() : (Long) events.get(events.size() - 1).version(),
          order.status().wire(),
          events.stream().map(Event::of).toList());
    }
  }

  /** @param from null for an order's first event */
  record Event(long version, String type, String by, @Nullable String from, String to, String date) {
    static Event of(OrderEvent event) {
      var from = event.lastStatus();
      return new Event(
          event.version(), event.change().type(), event.by(), from == null ? null : from.wire(), event.status().wire(), VtexDates.document(event.at()));
    }
  }
}
