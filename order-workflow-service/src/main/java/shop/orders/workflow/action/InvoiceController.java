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
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderStatus;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.command.WorkflowProperties;

/** The seller invoices a package. Invoices that cover the order's value end it; an invoice number sent again changes nothing. */
@RestController
class InvoiceController {
  private final Actions actions;
  private final OrderStore store;
  private final HttpStatus wrongState;

  InvoiceController(Actions actions, OrderStore store, WorkflowProperties properties) {
    this.actions = actions;
    this.store = store;
    this.wrongState = HttpStatus.valueOf(properties.wrongStateStatus());
  }

  @PostMapping("/api/oms/pvt/orders/{orderId}/invoice")
  Receipt invoice(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = InvoiceRequest.of(body.require());
    return actions.takeWithDocuments(caller, orderId, "invoice", (order, decision) -> decide(order, decision, sent));
  }

  private Map<String, Map<String, @Nullable Object>> decide(Order order, Decision decision, InvoiceRequest sent) {
    if (order.invoices().stream().anyMatch(i -> i.number().equals(sent.number()) && i.type() == sent.type())) return Map.of();
    checkState(order, sent.type());
    var documents = store.documents(order.key());
    var placed = documents.get(order.placed().documentRev());
    if (placed == null) throw new IllegalStateException(order + " lost its document");
    var revision = UUID.randomUUID().toString();
    if (order.status() == OrderStatus.READY_FOR_HANDLING) decision.move(OrderStatus.START_HANDLING).move(OrderStatus.HANDLING);
    decision.record(new Change.Invoiced(sent.number(), sent.type(), sent.value(), revision));
    boolean covered = sent.type() == InvoiceType.Output && order.invoicedValue() + sent.value() >= order.placed().value();
    if (covered) decision.move(OrderStatus.INVOICE).move(OrderStatus.INVOICED);
    return Map.of(revision, sent.packageDocument(OrderDocument.stored(placed)));
  }

  /** A sale is invoiced while the order is handled (or about to be); a return after it was sold. */
  private void checkState(Order order, InvoiceType type) {
    var expected =
        type == InvoiceType.Input
            ? OrderStatus.INVOICED
            : order.flow() == Flow.SOLD_BY_OTHERS ? OrderStatus.PAYMENT_APPROVED : OrderStatus.HANDLING;
    boolean early = expected == OrderStatus.HANDLING && order.status() == OrderStatus.READY_FOR_HANDLING;
    if (order.status() != expected && !early) {
      throw new ApiError(wrongState, "OMS003", "Order status should be " + expected + " to perform this action");
    }
  }
}
