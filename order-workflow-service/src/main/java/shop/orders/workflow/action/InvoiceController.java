package shop.orders.workflow.action;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Decision;
import shop.orders.model.Ledger;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.Trigger;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;

/**
 * The seller invoices a package, or takes one back. Invoices that cover the order's value end it; an invoice number sent again changes
 * nothing. What an invoice may be over is the {@link Ledger}'s to say.
 */
@RestController
class InvoiceController {
  private final Actions actions;
  private final OrderStore store;
  private final WrongState wrongState;

  InvoiceController(Actions actions, OrderStore store, WrongState wrongState) {
    this.actions = actions;
    this.store = store;
    this.wrongState = wrongState;
  }

  @PostMapping({"/api/oms/pvt/orders/{orderId}/invoice", "/api/oms/pub/orders/{orderId}/invoice", "/api/orders/pvt/document/{orderId}/invoices"})
  Receipt invoice(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = InvoiceRequest.of(body.require());
    return actions.takeWithDocuments(caller, orderId, "invoice", (order, decision) -> decide(order, decision, sent));
  }

  private Map<String, Map<String, @Nullable Object>> decide(Order order, Decision decision, InvoiceRequest sent) {
    if (order.invoices().stream().anyMatch(i -> i.number().equals(sent.number()) && i.type() == sent.type())) return Map.of();
    checkState(order, sent.type());
    var ledger = Ledger.of(order, store.documents(order.key()));
    var pieces = ledger.invoice(sent.type(), sent.value(), sent.wanted());
    var revision = UUID.randomUUID().toString();
    switch (order.status()) {
      case READY_FOR_HANDLING -> decision.move(OrderStatus.START_HANDLING).move(OrderStatus.HANDLING);
      case WAITING_FOR_SELLER_DECISION -> decision.move(OrderStatus.INVOICE_AFTER_CANCELLATION_DENY); // who ships does not cancel
      default -> {}
    }
    decision.record(new Change.Invoiced(sent.number(), sent.type(), sent.value(), revision));
    if (sent.type() == InvoiceType.Output && ledger.isCovered(sent.value())) decision.move(OrderStatus.INVOICE).move(OrderStatus.INVOICED);
    else if (decision.status() == OrderStatus.INVOICE_AFTER_CANCELLATION_DENY) decision.move(OrderStatus.PAYMENT_APPROVED);
    return Map.of(revision, sent.packageDocument(pieces));
  }

  /** @throws ApiError 404 if the order has no such invoice */
  static void requireInvoice(Order order, String number) {
    if (order.invoices().stream().anyMatch(i -> i.number().equals(number))) return;
    throw new ApiError(HttpStatus.NOT_FOUND, "OMS008", "The order has no invoice " + number + ".");
  }

  /** A sale is invoiced while the order is handled (or about to be); a return after it was sold. */
  private void checkState(Order order, InvoiceType type) {
    if (type == InvoiceType.Input) {
      if (order.status() != OrderStatus.INVOICED) throw wrongState.expected(OrderStatus.INVOICED);
    } else if (!order.flow().allows(order.status(), Trigger.INVOICE)) {
      throw wrongState.expected(order.flow().statuses().contains(OrderStatus.HANDLING) ? OrderStatus.HANDLING : OrderStatus.PAYMENT_APPROVED);
    }
  }
}
