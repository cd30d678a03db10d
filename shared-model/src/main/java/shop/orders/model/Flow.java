package shop.orders.model;

import static shop.orders.model.Domain.CHAINED;
import static shop.orders.model.Domain.FULFILLMENT;
import static shop.orders.model.Domain.MARKETPLACE;
import static shop.orders.model.OrderStatus.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Rest.Limit;
import shop.orders.model.Rest.Owner;

/**
 * The transition tables: one per way an order can go. The only place that says which status may follow which, by what, and who is waited for
 * in each. {@code docs/workflow.md} is drawn from here.
 */
public enum Flow {
  /** An order of the account's own checkout sold from its own stock: both instances, one after the other. */
  COMPLETE("Marketplace", INCOMPLETE, ORDER_CREATED),
  /** An order of the account's own checkout that an outside seller ships: the marketplace's half. */
  SOLD_BY_OTHERS("Marketplace", INCOMPLETE, ORDER_CREATED),
  /** An order an outside marketplace placed here: the seller's half. */
  SOLD_ELSEWHERE("Fulfillment", ORDER_ACCEPTED),
  /** An order an outside marketplace placed here, and an outside seller ships: sold on. */
  CHAIN("Chain", ORDER_CREATED);

  private final String origin;
  private final Set<OrderStatus> beginnings;
  private final Map<OrderStatus, Row> table = new EnumMap<>(OrderStatus.class);

  Flow(String origin, OrderStatus... beginnings) {
    this.origin = origin;
    this.beginnings = Set.copyOf(EnumSet.copyOf(List.of(beginnings)));
  }

  static {
    for (var flow : values()) flow.ending();
    COMPLETE.canceling(Owner.SYSTEM, Limit.AT_ONCE, null);
    SOLD_ELSEWHERE.canceling(Owner.SYSTEM, Limit.AT_ONCE, null);
    // An outside seller that has the order is told first.
    SOLD_BY_OTHERS.canceling(Owner.OUTSIDE_SELLER, Limit.DECISION, CANCELED);
    CHAIN.canceling(Owner.OUTSIDE_SELLER, Limit.DECISION, CANCELED);
    COMPLETE.checkout();
    COMPLETE.row(ORDER_CREATED, Owner.SYSTEM, Limit.AT_ONCE).to(ON_ORDER_COMPLETED, Trigger.AUTOMATIC);
    COMPLETE.payment();
    COMPLETE.row(PAYMENT_APPROVED, Owner.SYSTEM, Limit.AT_ONCE).to(WINDOW_TO_CANCEL, Trigger.AUTOMATIC);
    COMPLETE.handling();
    SOLD_BY_OTHERS.checkout();
    SOLD_BY_OTHERS.creation();
    SOLD_BY_OTHERS.payment();
    SOLD_BY_OTHERS.soldOn();
    CHAIN.creation();
    CHAIN.row(ON_ORDER_COMPLETED, Owner.SYSTEM, Limit.AT_ONCE).to(WAITING_FOR_MKT_AUTHORIZATION, Trigger.AUTOMATIC);
    CHAIN
        .row(WAITING_FOR_MKT_AUTHORIZATION, Owner.MARKETPLACE, Limit.FULFILLMENT, CANCEL)
        .to(APPROVE_PAYMENT, Trigger.FULFILL)
        .to(CANCEL, Trigger.CANCEL, Trigger.TIME);
    CHAIN.row(APPROVE_PAYMENT, Owner.SYSTEM, Limit.AT_ONCE).to(PAYMENT_APPROVED, Trigger.AUTOMATIC);
    CHAIN.soldOn();
    SOLD_ELSEWHERE.acceptance();
    SOLD_ELSEWHERE.handling();
  }

  private void canceling(Owner owner, Limit limit, @Nullable OrderStatus then) {
    var row = row(CANCEL, owner, limit, then);
    if (then == null) row.to(CANCELED, Trigger.AUTOMATIC);
    else row.to(CANCELED, Trigger.SELLER_ANSWER, Trigger.TIME, Trigger.AUTOMATIC);
  }

  private void ending() {
    row(INVOICE, Owner.SYSTEM, Limit.AT_ONCE).to(INVOICED, Trigger.AUTOMATIC);
    for (var end : List.of(CANCELED, INVOICED, REPLACED, SHIPPED)) row(end, Owner.NOBODY, Limit.NONE);
  }

  /** Before an order is one. */
  private void checkout() {
    row(INCOMPLETE, Owner.SHOPPER, Limit.COMPLETION, CANCELED).to(ORDER_CREATED, Trigger.COMPLETION).to(CANCELED, Trigger.TIME);
  }

  /** An outside seller has to take the order. */
  private void creation() {
    row(ORDER_CREATED, Owner.OUTSIDE_SELLER, Limit.CREATION, CANCEL)
        .to(ON_ORDER_COMPLETED, Trigger.SELLER_ANSWER, Trigger.AUTOMATIC)
        .to(ORDER_CREATE_ERROR, Trigger.SELLER_ANSWER)
        .to(ORDER_CREATION_ERROR, Trigger.SELLER_ANSWER)
        .to(CANCEL, Trigger.TIME);
    row(ORDER_CREATE_ERROR, Owner.OUTSIDE_SELLER, Limit.CREATION, CANCEL)
        .to(ON_ORDER_COMPLETED, Trigger.SELLER_ANSWER)
        .to(ORDER_CREATION_ERROR, Trigger.SELLER_ANSWER)
        .to(CANCEL, Trigger.CANCEL, Trigger.TIME);
    row(ORDER_CREATION_ERROR, Owner.STAFF, Limit.CREATION, CANCEL).to(ORDER_CREATED, Trigger.RETRY).to(CANCEL, Trigger.CANCEL, Trigger.TIME);
    row(WAITING_FOR_SELLERS_CONFIRMATION, Owner.OUTSIDE_SELLER, Limit.CREATION, CANCEL)
        .to(ORDER_CREATED, Trigger.RETRY)
        .to(CANCEL, Trigger.CANCEL, Trigger.TIME);
  }

  private void payment() {
    row(ON_ORDER_COMPLETED, Owner.SYSTEM, Limit.AT_ONCE).to(PAYMENT_PENDING, Trigger.AUTOMATIC);
    row(PAYMENT_PENDING, Owner.PAYMENT, Limit.PAYMENT, CANCEL)
        .to(APPROVE_PAYMENT, Trigger.ANTIFRAUD, Trigger.PAYMENT_NOTIFICATION, Trigger.AUTOMATIC)
        .to(WAITING_FOR_ORDER_AUTHORIZATION, Trigger.AUTOMATIC)
        .to(CANCEL, Trigger.ANTIFRAUD, Trigger.CANCEL, Trigger.TIME);
    row(WAITING_FOR_ORDER_AUTHORIZATION, Owner.APPROVER, Limit.AUTHORIZATION, CANCEL)
        .to(PAYMENT_PENDING, Trigger.AUTHORIZATION)
        .to(CANCEL, Trigger.AUTHORIZATION, Trigger.CANCEL, Trigger.TIME);
    row(WINDOW_TO_CHANGE_PAYMENT, Owner.SHOPPER, Limit.PAYMENT, CANCEL)
        .to(APPROVE_PAYMENT, Trigger.PAYMENT_NOTIFICATION)
        .to(CANCEL, Trigger.CANCEL, Trigger.TIME);
    row(APPROVE_PAYMENT, Owner.SYSTEM, Limit.AT_ONCE).to(PAYMENT_APPROVED, Trigger.AUTOMATIC);
  }

  /** Paid, and an outside seller ships. */
  private void soldOn() {
    row(PAYMENT_APPROVED, Owner.OUTSIDE_SELLER, Limit.HANDLING)
        .to(WAITING_SELLER_HANDLING, Trigger.SELLER_ANSWER)
        .to(INVOICE, Trigger.INVOICE)
        .to(REQUEST_CANCEL, Trigger.CANCEL)
        .to(WINDOW_TO_CHANGE_SELLER, Trigger.CANCEL);
    row(WAITING_SELLER_HANDLING, Owner.OUTSIDE_SELLER, Limit.HANDLING)
        .to(INVOICE, Trigger.INVOICE)
        .to(REQUEST_CANCEL, Trigger.CANCEL)
        .to(WINDOW_TO_CHANGE_SELLER, Trigger.CANCEL);
    row(REQUEST_CANCEL, Owner.SYSTEM, Limit.AT_ONCE).to(WAITING_FOR_SELLER_DECISION, Trigger.AUTOMATIC);
    row(WAITING_FOR_SELLER_DECISION, Owner.OUTSIDE_SELLER, Limit.DECISION)
        .to(CANCEL, Trigger.CANCEL, Trigger.SELLER_ANSWER)
        .to(PAYMENT_APPROVED, Trigger.DENY_CANCELLATION)
        .to(INVOICE_AFTER_CANCELLATION_DENY, Trigger.INVOICE);
    row(INVOICE_AFTER_CANCELLATION_DENY, Owner.SYSTEM, Limit.AT_ONCE).to(PAYMENT_APPROVED, Trigger.AUTOMATIC).to(INVOICE, Trigger.INVOICE);
    row(CANCELLATION_REQUEST_DENIED, Owner.SYSTEM, Limit.AT_ONCE).to(PAYMENT_APPROVED, Trigger.AUTOMATIC);
    row(WINDOW_TO_CHANGE_SELLER, Owner.STAFF, Limit.CHANGE_SELLER, CANCEL)
        .to(PAYMENT_APPROVED, Trigger.CHANGE_SELLER)
        .to(CANCEL, Trigger.CANCEL, Trigger.TIME);
  }

  /** A marketplace's order, until the marketplace says that it is to be shipped. */
  private void acceptance() {
    row(ORDER_ACCEPTED, Owner.SYSTEM, Limit.AT_ONCE).to(WAITING_FFMT_AUTHORIZATION, Trigger.AUTOMATIC).to(WAITING_FOR_MANUAL_AUTHORIZATION, Trigger.AUTOMATIC);
    row(WAITING_FOR_MANUAL_AUTHORIZATION, Owner.STAFF, Limit.AUTHORIZATION, CANCEL)
        .to(WAITING_FFMT_AUTHORIZATION, Trigger.AUTHORIZATION)
        .to(CANCEL, Trigger.AUTHORIZATION, Trigger.CANCEL, Trigger.TIME);
    for (var waiting : List.of(WAITING_FFMT_AUTHORIZATION, WAITING_FOR_AUTHORIZATION)) {
      row(waiting, Owner.MARKETPLACE, Limit.FULFILLMENT, CANCEL).to(AUTHORIZE_FULFILLMENT, Trigger.FULFILL).to(CANCEL, Trigger.CANCEL, Trigger.TIME);
    }
    row(ON_ORDER_COMPLETED_FFM, Owner.SYSTEM, Limit.AT_ONCE).to(WAITING_FFMT_AUTHORIZATION, Trigger.AUTOMATIC);
    row(AUTHORIZE_FULFILLMENT, Owner.SYSTEM, Limit.AT_ONCE).to(WINDOW_TO_CANCEL, Trigger.AUTOMATIC);
  }

  /** Shipped from the account's own stock. */
  private void handling() {
    row(WINDOW_TO_CANCEL, Owner.SHOPPER, Limit.GRACE, READY_FOR_HANDLING).to(READY_FOR_HANDLING, Trigger.TIME, Trigger.AUTOMATIC).to(CANCEL, Trigger.CANCEL);
    row(READY_FOR_HANDLING, Owner.SELLER, Limit.HANDLING)
        .to(START_HANDLING, Trigger.START_HANDLING, Trigger.INVOICE)
        .to(CANCELLATION_REQUESTED, Trigger.CANCEL)
        .to(CANCEL, Trigger.CANCEL);
    row(START_HANDLING, Owner.SYSTEM, Limit.AT_ONCE).to(HANDLING, Trigger.AUTOMATIC);
    row(HANDLING, Owner.SELLER, Limit.HANDLING).to(INVOICE, Trigger.INVOICE).to(CANCELLATION_REQUESTED, Trigger.CANCEL).to(CANCEL, Trigger.CANCEL);
    row(CANCELLATION_REQUESTED, Owner.SELLER, Limit.DECISION)
        .to(CANCEL, Trigger.CANCEL)
        .to(READY_FOR_HANDLING, Trigger.DENY_CANCELLATION)
        .to(HANDLING, Trigger.DENY_CANCELLATION);
    row(CANCELLATION_REQUEST_DENIED_FFM, Owner.SYSTEM, Limit.AT_ONCE).to(HANDLING, Trigger.AUTOMATIC);
    row(RELEASE_TO_FULFILLMENT, Owner.SYSTEM, Limit.AT_ONCE).to(READY_FOR_HANDLING, Trigger.AUTOMATIC);
    for (var elsewhere : List.of(WAITING_FOR_FULFILLMENT, READY_FOR_INVOICING)) {
      row(elsewhere, Owner.SELLER, Limit.HANDLING).to(INVOICE, Trigger.INVOICE).to(CANCEL, Trigger.CANCEL);
    }
  }

  /** {@code Marketplace}, {@code Fulfillment} or {@code Chain}: the document's {@code origin}, also in the seller's half of a complete order. */
  public String origin() {
    return origin;
  }

  /** The status a placed order of this flow is born with; one that is not complete yet begins before it. */
  public OrderStatus first() {
    return this == SOLD_ELSEWHERE ? ORDER_ACCEPTED : ORDER_CREATED;
  }

  /** The statuses an order of this flow may be born with. */
  public Set<OrderStatus> beginnings() {
    return beginnings;
  }

  /** Every status an order of this flow may stand in; some only because another system left an order there. */
  public Set<OrderStatus> statuses() {
    return table.keySet();
  }

  /** The whole table, row by row. */
  public List<Transition> transitions() {
    return table.values().stream().flatMap(row -> row.exits.values().stream()).toList();
  }

  /** The rows that begin with {@code status}; empty for a final status, or one foreign to this flow. */
  public List<Transition> exits(OrderStatus status) {
    var row = table.get(status);
    return row == null ? List.of() : List.copyOf(row.exits.values());
  }

  /** Statuses that may follow {@code status}; {@code null} stands for "not placed yet". Empty for a final status, or one foreign to this flow. */
  public Set<OrderStatus> next(@Nullable OrderStatus status) {
    return status == null ? beginnings : exits(status).stream().map(Transition::to).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether {@code trigger} may move an order from {@code status}. */
  public boolean allows(OrderStatus status, Trigger trigger) {
    return exits(status).stream().anyMatch(t -> t.triggers().contains(trigger));
  }

  /** @throws IllegalArgumentException if no order of this flow can stand there */
  public Rest rest(OrderStatus status) {
    var row = table.get(status);
    if (row == null) throw new IllegalArgumentException("no order of " + this + " stands in " + status);
    return row.rest;
  }

  /** Where an order goes by itself from a status it should never have been left in: the first row that is automatic. */
  public OrderStatus onward(OrderStatus passing) {
    return exits(passing).stream().filter(t -> t.triggers().contains(Trigger.AUTOMATIC)).findFirst().orElseThrow().to();
  }

  /**
   * The domain of a status that an order enters.
   *
   * @param current the order's domain before; null at the start
   */
  Domain domainOf(OrderStatus entered, @Nullable Domain current) {
    return switch (this) {
      case SOLD_ELSEWHERE -> FULFILLMENT;
      case SOLD_BY_OTHERS -> MARKETPLACE;
      case CHAIN -> CHAINED;
      case COMPLETE -> entered == WINDOW_TO_CANCEL || current == FULFILLMENT ? FULFILLMENT : MARKETPLACE;
    };
  }

  private Row row(OrderStatus status, Owner owner, Limit limit) {
    return row(status, owner, limit, null);
  }

  private Row row(OrderStatus status, Owner owner, Limit limit, @Nullable OrderStatus then) {
    var row = new Row(status, new Rest(owner, limit, then));
    if (table.put(status, row) != null) throw new IllegalStateException(this + " has two rows for " + status);
    return row;
  }

  /** What a table says of one status. */
  private static final class Row {
    private final OrderStatus status;
    private final Rest rest;
    private final Map<OrderStatus, Transition> exits = new LinkedHashMap<>();

    Row(OrderStatus status, Rest rest) {
      this.status = status;
      this.rest = rest;
    }

    Row to(OrderStatus target, Trigger... triggers) {
      exits.put(target, new Transition(status, target, Set.of(triggers)));
      return this;
    }
  }
}
