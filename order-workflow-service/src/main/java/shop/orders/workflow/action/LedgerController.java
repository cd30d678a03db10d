package shop.orders.workflow.action;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Ledger;
import shop.orders.model.LedgerLine;
import shop.orders.store.OrderStore;
import shop.orders.web.Caller;

/** What of an order was ordered, changed, invoiced, shipped and returned. Not in the public API. */
@RestController
class LedgerController {
  private final OrderReads orders;
  private final OrderStore store;

  LedgerController(OrderReads orders, OrderStore store) {
    this.orders = orders;
    this.store = store;
  }

  /**
   * Amounts in cents.
   *
   * @param tolerance by how much the invoices may miss the value
   */
  record Answer(
      String orderId, long version, String status, long placedValue, long value, long invoicedValue, long refundedValue, long tolerance, List<LedgerLine> lines) {}

  @GetMapping("/api/oms/pvt/orders/{orderId}/ledger")
  Answer ledger(Caller caller, @PathVariable String orderId) {
    var order = orders.require(caller, orderId);
    var ledger = Ledger.of(order, store.documents(order.key()));
    return new Answer(
        order.key().orderId(),
        order.version(),
        order.status().wire(),
        ledger.placed(),
        ledger.value(),
        ledger.invoiced(),
        ledger.refunded(),
        ledger.tolerance(),
        ledger.lines());
  }
}
