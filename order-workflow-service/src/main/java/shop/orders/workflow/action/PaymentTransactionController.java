package shop.orders.workflow.action;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Domain;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderStatus;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** The payment of an order that was sold here. */
@RestController
class PaymentTransactionController {
  private final OrderReads orders;
  private final OrderStore store;

  PaymentTransactionController(OrderReads orders, OrderStore store) {
    this.orders = orders;
    this.store = store;
  }

  @GetMapping("/api/oms/pvt/orders/{orderId}/payment-transaction")
  Transaction transaction(Caller caller, @PathVariable String orderId) {
    var order = orders.require(caller, orderId);
    if (!order.flow().origin().equals(Domain.MARKETPLACE.wire())) throw none("The order was sold by another marketplace, which has its payment.");
    return OrderDocument.objects(store.placedDocument(order).at("paymentData", "transactions")).stream()
        .filter(t -> !Boolean.FALSE.equals(t.get("isActive")))
        .findFirst()
        .map(t -> new Transaction(status(order), true, t.get("transactionId"), t.get("merchantName"), OrderDocument.objects(t.get("payments"))))
        .orElseThrow(() -> none("The order has no payment."));
  }

  private static ApiError none(String message) {
    return new ApiError(HttpStatus.NOT_FOUND, "OMS009", message);
  }

  /** There is no gateway here that would say more: what the order knows of its payment decides. */
  private static String status(Order order) {
    if (order.entered(OrderStatus.PAYMENT_APPROVED).isPresent()) return "Finished";
    return order.status() == OrderStatus.CANCELED ? "Canceled" : "Authorizing";
  }

  /**
   * The active transaction, as it stands in the order's document.
   *
   * @param status Authorizing until the payment is approved, then Finished; Canceled if the order was canceled before
   */
  record Transaction(
      String status, boolean isActive, @Nullable Object transactionId, @Nullable Object merchantName, List<Map<String, @Nullable Object>> payments) {}
}
