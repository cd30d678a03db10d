package shop.orders.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.ChangeOutcome;
import shop.orders.model.Change.ChangeRequested;
import shop.orders.model.Change.ChangeSettled;
import shop.orders.model.Change.InvoicePatched;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Change.Invoiced;
import shop.orders.model.Ledger.Wanted;

/** An order as the service leads it, in memory: handled at once, invoiced, changed, returned. */
final class LedgerLife {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final Map<String, Map<String, @Nullable Object>> documents = new LinkedHashMap<>();
  private Order order;
  private int next;

  /** A line as it is ordered. */
  record Line(String id, long price, long quantity) {}

  LedgerLife(List<Line> lines, long shipping) {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    long value = shipping;
    for (var line : lines) {
      var item = new LinkedHashMap<String, @Nullable Object>();
      item.put("id", line.id);
      item.put("uniqueId", "U" + items.size());
      item.put("quantity", line.quantity);
      item.put("price", line.price);
      item.put("sellingPrice", line.price);
      var definition = Map.<String, @Nullable Object>of("sellingPrices", List.of(Map.of("value", line.price, "quantity", line.quantity)), "total", line.price * line.quantity);
      item.put("priceDefinition", definition);
      items.add(item);
      value += line.price * line.quantity;
    }
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("value", value);
    document.put("items", items);
    documents.put("placed", document);
    var placed = new Change.Placed(Flow.COMPLETE, "placed", value, "1", "v1");
    var decision = Decision.place(new OrderKey("demo", "v1-01"), placed, UUID.randomUUID(), NOON, "test");
    for (var status : List.of(OrderStatus.ON_ORDER_COMPLETED, OrderStatus.PAYMENT_PENDING, OrderStatus.APPROVE_PAYMENT, OrderStatus.PAYMENT_APPROVED,
        OrderStatus.WINDOW_TO_CANCEL, OrderStatus.READY_FOR_HANDLING, OrderStatus.START_HANDLING, OrderStatus.HANDLING)) {
      decision.move(status);
    }
    order = decision.result();
  }

  Order order() {
    return order;
  }

  Ledger ledger() {
    return Ledger.of(order, documents);
  }

  Map<String, @Nullable Object> shown() {
    return OrderView.document(order, documents);
  }

  /** @throws InvalidDocument if the ledger refuses; nothing happened then */
  void invoice(InvoiceType type, long cents, List<Wanted> wanted, boolean withTracking) {
    var ledger = ledger();
    var pieces = ledger.invoice(type, cents, wanted);
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var one : pieces) {
      var item = new LinkedHashMap<String, @Nullable Object>();
      item.put("itemIndex", (long) one.itemIndex());
      item.put("quantity", one.quantity());
      item.put("price", wanted.get(one.wanted()).price());
      items.add(item);
    }
    var number = "N" + next++;
    var parcel = new LinkedHashMap<String, @Nullable Object>();
    parcel.put("invoiceNumber", number);
    parcel.put("invoiceValue", cents);
    parcel.put("type", type.name());
    parcel.put("items", items);
    if (withTracking) parcel.put("trackingNumber", "T");
    documents.put(number, parcel);
    var decision = begin().record(new Invoiced(number, type, cents, number));
    if (type == InvoiceType.Output && ledger.isCovered(cents)) decision.move(OrderStatus.INVOICE).move(OrderStatus.INVOICED);
    order = decision.result();
  }

  /** @throws InvalidDocument if the ledger refuses; nothing happened then */
  void change(ChangeRequest request, boolean confirmed) {
    var id = "C" + next++;
    var effect = ChangePlan.of(ledger(), shown(), request, id).effect();
    var document = new LinkedHashMap<String, @Nullable Object>();
    effect.into(document);
    documents.put(id, document);
    var decision = begin().record(new ChangeRequested(id, "v2", id, null, effect.total(), effect.discount(), effect.increment()));
    decision.record(new ChangeSettled(id, effect.total() <= 0 || confirmed ? ChangeOutcome.DONE : ChangeOutcome.CANCELED, null));
    order = decision.result();
    boolean isSold = order.invoices().stream().anyMatch(i -> i.type() == InvoiceType.Output);
    if (isSold && ledger().isCovered(0)) order = begin().move(OrderStatus.INVOICE).move(OrderStatus.INVOICED).result();
  }

  void patch(String number) {
    order = begin().record(new InvoicePatched(number, "T", null, null, null)).result();
  }

  boolean isInvoiced() {
    return order.status() == OrderStatus.INVOICED;
  }

  private Decision begin() {
    return Decision.on(order, UUID.randomUUID(), NOON, "test");
  }

  static ChangeRequest.Taken taken(Wanted wanted) {
    return new ChangeRequest.Taken(wanted, false, false);
  }

  static ChangeRequest.Given given(String id, long price, long quantity) {
    return new ChangeRequest.Given(id, null, price, null, BigDecimal.ONE, quantity, 0, 0, Map.of(), null);
  }

  static ChangeRequest request(List<Wanted> taken, List<ChangeRequest.Given> given, long discount, long increment) {
    return new ChangeRequest(taken.stream().map(LedgerLife::taken).toList(), given, discount, increment, List.of(), List.of(), Map.of());
  }
}
