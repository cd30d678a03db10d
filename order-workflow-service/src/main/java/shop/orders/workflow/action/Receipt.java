package shop.orders.workflow.action;

import java.util.UUID;
import shop.orders.model.Order;
import shop.orders.model.VtexDates;

/** What an accepted action is answered with. {@link ReceiptController} tells what became of it. */
record Receipt(String date, String orderId, String receipt) {

  /** @param order as the action left it, or found it */
  static Receipt of(Order order, UUID command) {
    return new Receipt(VtexDates.document(order.changedAt()), order.key().orderId(), text(command));
  }

  /** 32 lower-case hexadecimal digits. */
  static String text(UUID command) {
    return command.toString().replace("-", "");
  }
}
