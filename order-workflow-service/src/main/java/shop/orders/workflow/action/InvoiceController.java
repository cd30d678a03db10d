package shop.orders.workflow.action;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Ledger;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.command.WorkflowProperties;

/**
 * The seller invoices a package, or takes one back. Invoices that cover the order's value end it; an invoice number sent again changes
 * nothing. What an invoice may be over is the {@link Ledger}'s to say.
 */
@RestController
class InvoiceController {
  private final OrderCommands commands;
  private final OrderStore store;
  private final HttpStatus wrongState;

  InvoiceController(OrderCommands commands, OrderStore store, WorkflowProperties properties) {
    this.commands = commands;
    this.store = store;
    this.wrongState = HttpStatus.valueOf(properties.wrongStateStatus());
  }

  @PostMapping({"/api/oms/pvt/orders/{orderId}/invoice", "/api/oms/pub/orders/{orderId}/invoice", "/api/orders/pvt/document/{orderId}/invoices"})
  Receipt invoice(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = InvoiceRequest.of(body.require());
    var before = new AtomicLong();
    var after =
        commands.change(
            caller.order(orderId),
            caller.by(),
            (order, decision) -> {
              before.set(order.version());
              return decide(order, decision, sent);
            });
    return Receipt.of(after, before.get());
  }

  private Map<String, Map<String, @Nullable Object>> decide(Order order, Decision decision, InvoiceRequest sent) {
    if (order.invoices().stream().anyMatch(i -> i.number().equals(sent.number()) && i.type() == sent.type())) return Map.of();
    checkState(order, sent.type());
    var ledger = Ledger.of(order, store.documents(order.key()));
    var pieces = ledger.invoice(sent.type(), sent.value(), sent.wanted());
    var revision = UUID.randomUUID().toString();
    if (order.status() == OrderStatus.READY_FOR_HANDLING) decision.move(OrderStatus.START_HANDLING).move(OrderStatus.HANDLING);
    decision.record(new Change.Invoiced(sent.number(), sent.type(), sent.value(), revision));
    if (sent.type() == InvoiceType.Output && ledger.isCovered(sent.value())) decision.move(OrderStatus.INVOICE).move(OrderStatus.INVOICED);
    return Map.of(revision, sent.packageDocument(pieces));
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
