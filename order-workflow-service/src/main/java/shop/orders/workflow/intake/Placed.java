package shop.orders.workflow.intake;

import shop.orders.model.Order;
import shop.orders.model.VtexDates;

/**
 * What a checkout is told about an order it placed.
 *
 * @param receipt of the placement; the same when it is asked for again with the same Idempotency-Key
 */
record Placed(String date, String orderId, String receipt, String orderGroup) {
  static Placed of(Order order) {
    var first = order.events().get(0);
    return new Placed(
        VtexDates.document(first.at()),
        order.key().orderId(),
        first.receipt(),
        String.valueOf(order.placed().orderGroup()));
  }
}
