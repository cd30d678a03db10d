package shop.orders.workflow.change;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.model.Change.ChangeOutcome;
import shop.orders.model.Change.ChangeRequested;
import shop.orders.model.Change.ChangeSettled;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.ChangePlan;
import shop.orders.model.ChangeRequests;
import shop.orders.model.ChangeRequests.Asked;
import shop.orders.model.ChangeRequests.State;
import shop.orders.model.Decision;
import shop.orders.model.InvalidDocument;
import shop.orders.model.Ledger;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.OrderView;
import shop.orders.model.VtexDates;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.workflow.action.WrongState;

/**
 * Decides on changes. A change is checked against the ledger when it is asked for, and done in the same decision unless the customer pays
 * more by it: then it waits until somebody confirms that this was paid.
 */
@Component
class Changes {
  private static final Set<OrderStatus> CHANGEABLE = EnumSet.of(OrderStatus.HANDLING, OrderStatus.WAITING_FOR_FULFILLMENT, OrderStatus.READY_FOR_INVOICING);

  /** Each is a document that every reading of the order reads. */
  private static final int MOST = 500;

  private static final int LONGEST_ID = 200;

  private final OrderStore store;
  private final ChangeSettings settings;
  private final WrongState wrongState;

  Changes(OrderStore store, ChangeSettings settings, WrongState wrongState) {
    this.store = store;
    this.settings = settings;
    this.wrongState = wrongState;
  }

  /** Ids stand in events, which are small by rule. @throws ApiError 400 if it is too long */
  static void checkId(String requestId) {
    if (requestId.length() > LONGEST_ID) throw ApiError.invalid("requestId", "The requestId field must have at most " + LONGEST_ID + " characters.");
  }

  /** @throws ApiError 400 if the order was changed that often */
  static void checkCount(Order order, int most) {
    if (ChangeRequests.of(order).size() < most) return;
    throw new ApiError(HttpStatus.BAD_REQUEST, "OMS001", "The order was changed " + most + " times, which is the most this call allows.");
  }

  /**
   * Whether this very change was asked for before, under the same id.
   *
   * @throws ApiError 409 if the id was used for another one
   */
  boolean isThere(Order order, Wish wish, String requestId) {
    var before = ChangeRequests.find(order, requestId);
    if (before.isEmpty()) return false;
    var asked = before.get().asked();
    var document = ShownChange.document(order, before.get(), store.documents(order.key()));
    if (asked.kind().equals(wish.kind()) && AskedTree.of(wish).equals(document.get("asked"))) return true;
    throw new ApiError(HttpStatus.CONFLICT, "OMS012", "The requestId was used before for another change; nothing was done.");
  }

  /** A change worked out, not decided on. @param document as it is kept and, but for what is ours, shown */
  record Draft(ChangePlan plan, Map<String, @Nullable Object> document) {}

  /**
   * Works a change out on an order as it is.
   *
   * @throws ApiError if the order cannot be changed now
   * @throws InvalidDocument if the change does not fit the order
   */
  Draft draft(Order order, Wish wish, String requestId, Decision decision) {
    checkAllowed(order);
    checkCount(order, MOST);
    ChangeRequests.waiting(order)
        .ifPresent(
            other -> {
              var which = other.asked().requestId();
              throw new ApiError(HttpStatus.CONFLICT, "OMS011", "Change " + which + " of the order waits for confirmation; confirm or cancel it first.");
            });
    var documents = store.documents(order.key());
    var plan = ChangePlan.of(Ledger.of(order, documents), OrderView.document(order, documents), wish.request(), requestId);
    return new Draft(plan, document(order, wish, requestId, decision, plan));
  }

  /**
   * Records a change; at once done if {@code atOnce} says so or it costs the customer nothing more.
   *
   * @return the documents to be written with the decision
   */
  Map<String, Map<String, @Nullable Object>> request(Order order, Wish wish, String requestId, Decision decision, boolean atOnce) {
    var draft = draft(order, wish, requestId, decision);
    var revision = UUID.randomUUID().toString();
    var effect = draft.plan.effect();
    long total = effect.total();
    decision.record(new ChangeRequested(requestId, wish.kind(), revision, wish.reason(), total, effect.discount(), effect.increment()));
    if (atOnce || total <= 0) settle(order, requestId, decision, Map.of(revision, draft.document));
    return Map.of(revision, draft.document);
  }

  /** Somebody entitled says that the customer paid. @throws ApiError 409 if the change was canceled, or no longer fits what was invoiced since */
  void confirm(Order order, String requestId, Decision decision) {
    var asked = find(order, requestId);
    if (asked.state() == State.DONE) return;
    if (asked.state() == State.CANCELED) throw settled(asked);
    checkState(order); // what was asked for while it was allowed may have been paid since
    var documents = store.documents(order.key());
    try {
      Ledger.of(order, documents).check(ChangeRequests.effect(order, asked, documents));
    } catch (InvalidDocument e) {
      throw new ApiError(HttpStatus.CONFLICT, "OMS011", "The change no longer fits what was invoiced since: it " + e.getMessage() + ". Cancel it.");
    }
    settle(order, requestId, decision, Map.of());
  }

  /** Gives a waiting change up. @throws ApiError 409 if it is done */
  void cancel(Order order, String requestId, Decision decision) {
    var asked = find(order, requestId);
    if (asked.state() == State.DONE) throw settled(asked);
    if (asked.state() == State.WAITING_CONFIRMATION) decision.record(new ChangeSettled(requestId, ChangeOutcome.CANCELED, null));
  }

  /** Nothing of ours is left half done, so trying again does nothing. @throws ApiError 409 if it was canceled */
  void retry(Order order, String requestId) {
    var asked = find(order, requestId);
    if (asked.state() == State.CANCELED) throw settled(asked);
  }

  Asked find(Order order, String requestId) {
    return ChangeRequests.find(order, requestId)
        .orElseThrow(() -> new ApiError(HttpStatus.NOT_FOUND, "OMS010", "The order has no such change."));
  }

  private void settle(Order order, String requestId, Decision decision, Map<String, Map<String, @Nullable Object>> more) {
    decision.record(new ChangeSettled(requestId, ChangeOutcome.DONE, null));
    if (order.invoices().stream().noneMatch(i -> i.type() == InvoiceType.Output)) return;
    var documents = new HashMap<>(store.documents(order.key()));
    documents.putAll(more);
    // What is left of the order may be invoiced already; nobody would ever send another invoice for it.
    boolean mayEnd = order.flow().next(decision.status()).contains(OrderStatus.INVOICE);
    if (mayEnd && Ledger.of(decision.result(), documents).isCovered(0)) decision.move(OrderStatus.INVOICE).move(OrderStatus.INVOICED);
  }

  private void checkAllowed(Order order) {
    if (!settings.isApiEnabled(order.key().account())) throw new ApiError(HttpStatus.FORBIDDEN, "OMS013", "Changes by the API are turned off in the account's settings.");
    checkState(order);
  }

  private void checkState(Order order) {
    if (!CHANGEABLE.contains(order.status())) throw wrongState.expected(CHANGEABLE.toArray(OrderStatus[]::new));
  }

  private static ApiError settled(Asked asked) {
    return new ApiError(HttpStatus.CONFLICT, "OMS011", "The change is " + asked.state().wire() + " already.");
  }

  private Map<String, @Nullable Object> document(Order order, Wish wish, String requestId, Decision decision, ChangePlan plan) {
    var effect = plan.effect();
    var shape = new ChangeShape(wish, plan);
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("requestId", requestId);
    document.put("workflowId", decision.commandId().toString());
    document.put("reason", wish.reason());
    document.put("manualDiscountValue", effect.discount());
    document.put("manualIncrementValue", effect.increment());
    document.put("totalChangeValue", effect.total());
    document.put("totals", totals(plan));
    shape.into(document);
    document.put("date", VtexDates.feed(decision.at()));
    var origin = new LinkedHashMap<String, @Nullable Object>();
    origin.put("account", order.key().account());
    origin.put("orderId", order.key().orderId());
    origin.put("component", order.domain().wire() + "Component");
    document.put("origin", origin);
    document.put("settings", wish.settings() == null ? settings.find(order.key().account()) : wish.settings());
    document.put("itemsAdded", shape.added());
    document.put("itemsRemoved", shape.removed());
    document.put("asked", AskedTree.of(wish));
    effect.into(document);
    return document;
  }

  private static List<Map<String, @Nullable Object>> totals(ChangePlan plan) {
    var effect = plan.effect();
    long items = effect.lines().stream().mapToLong(l -> l.items()).sum();
    long discounts = effect.lines().stream().mapToLong(l -> l.discounts()).sum();
    long rest = effect.total() - items - discounts - effect.shipping();
    var totals = new ArrayList<Map<String, @Nullable Object>>();
    add(totals, "Items", "Items Total", items);
    add(totals, "Discounts", "Discounts Total", discounts);
    add(totals, "Shipping", "Shipping Total", effect.shipping());
    add(totals, "ManualValues", "Manual Values Total", rest);
    return totals;
  }

  private static void add(List<Map<String, @Nullable Object>> totals, String id, String name, long value) {
    if (value == 0) return;
    var total = new LinkedHashMap<String, @Nullable Object>();
    total.put("id", id);
    total.put("name", name);
    total.put("value", value);
    totals.add(total);
  }
}
