package shop.orders.workflow.action;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderEvent;
import shop.orders.model.VtexDates;
import shop.orders.web.Caller;

/** Everything that happened to an order, oldest first. */
@RestController
class HistoryController {
  private final OrderReads orders;

  HistoryController(OrderReads orders) {
    this.orders = orders;
  }

  @GetMapping("/api/oms/pvt/orders/{orderId}/history")
  List<Line> history(Caller caller, @PathVariable String orderId) {
    return orders.require(caller, orderId).events().stream().map(Line::of).toList();
  }

  /**
   * One event.
   *
   * @param from status before; null for the first event
   * @param to status after; the same as {@code from} where the event moved nothing
   * @param by {@code key:...}, {@code system} or {@code antifraud}
   * @param receipt what the command that wrote it was answered with, if that was a receipt; events written together share it
   * @param details what else the event says
   */
  record Line(
      long version,
      String date,
      String type,
      String domain,
      @Nullable String from,
      String to,
      String by,
      @Nullable String reason,
      String receipt,
      Map<String, @Nullable Object> details) {

    static Line of(OrderEvent event) {
      var details = Details.of(event.change());
      var from = event.lastStatus();
      return new Line(
          event.version(),
          VtexDates.document(event.at()),
          event.change().type(),
          event.domain().wire(),
          from == null ? null : from.wire(),
          event.status().wire(),
          event.by(),
          Details.reason(details),
          Receipt.text(event.commandId()),
          details);
    }
  }
}
