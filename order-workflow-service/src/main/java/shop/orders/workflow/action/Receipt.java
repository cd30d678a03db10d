package shop.orders.workflow.action;

import java.util.UUID;
import shop.orders.model.Order;
import shop.orders.model.VtexDates;

/** What an accepted action is answered with. */
record Receipt(String date, String orderId, String receipt) {
  /**
   * @param order as the action left it, or found it
   * @param before the version it had before; where nothing was written the receipt is a new number without further meaning
   */
  static Receipt of(Order order, long before) {
    var written = order.events().stream().filter(e -> e.version() > before).findFirst();
    var command = written.isPresent() ? written.get().commandId() : UUID.randomUUID();
    return new Receipt(VtexDates.document(order.changedAt()), order.key().orderId(), command.toString().replace("-", ""));
  }
}
