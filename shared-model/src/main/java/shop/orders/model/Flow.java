package shop.orders.model;

import static shop.orders.model.Domain.FULFILLMENT;
import static shop.orders.model.Domain.MARKETPLACE;
import static shop.orders.model.OrderStatus.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transition tables: one per way an order can go. The only place that says which status may follow which. */
public enum Flow {
  /** An order of the account's own checkout sold from its own stock: both instances, one after the other. */
  COMPLETE("Marketplace"),
  /** An order of the account's own checkout that an outside seller ships: the marketplace's half. */
  SOLD_BY_OTHERS("Marketplace"),
  /** An order an outside marketplace placed here: the seller's half. */
  SOLD_ELSEWHERE("Fulfillment");

  private final String origin;
  private final Map<OrderStatus, Set<OrderStatus>> next = new EnumMap<>(OrderStatus.class);

  Flow(String origin) {
    this.origin = origin;
  }

  static {
    for (var flow : new Flow[] {COMPLETE, SOLD_BY_OTHERS}) {
      flow.from(ORDER_CREATED, ON_ORDER_COMPLETED, CANCEL);
      flow.from(ON_ORDER_COMPLETED, PAYMENT_PENDING, CANCEL);
      flow.from(PAYMENT_PENDING, APPROVE_PAYMENT, CANCEL);
      flow.from(APPROVE_PAYMENT, PAYMENT_APPROVED);
    }
    COMPLETE.from(PAYMENT_APPROVED, WINDOW_TO_CANCEL, CANCEL);
    SOLD_BY_OTHERS.from(PAYMENT_APPROVED, INVOICE, REQUEST_CANCEL);
    SOLD_BY_OTHERS.from(REQUEST_CANCEL, WAITING_FOR_SELLER_DECISION);
    SOLD_BY_OTHERS.from(WAITING_FOR_SELLER_DECISION, CANCEL, PAYMENT_APPROVED, INVOICE);
    SOLD_ELSEWHERE.from(ORDER_ACCEPTED, WAITING_FFMT_AUTHORIZATION, CANCEL);
    SOLD_ELSEWHERE.from(WAITING_FFMT_AUTHORIZATION, AUTHORIZE_FULFILLMENT, CANCEL);
    SOLD_ELSEWHERE.from(AUTHORIZE_FULFILLMENT, WINDOW_TO_CANCEL, CANCEL);
    for (var flow : new Flow[] {COMPLETE, SOLD_ELSEWHERE}) {
      flow.from(WINDOW_TO_CANCEL, READY_FOR_HANDLING, CANCEL);
      flow.from(READY_FOR_HANDLING, START_HANDLING, CANCELLATION_REQUESTED, CANCEL);
      flow.from(START_HANDLING, HANDLING);
      flow.from(HANDLING, INVOICE, CANCELLATION_REQUESTED, CANCEL);
      flow.from(CANCELLATION_REQUESTED, CANCEL, READY_FOR_HANDLING, HANDLING);
    }
    for (var flow : values()) {
      flow.from(CANCEL, CANCELED);
      flow.from(INVOICE, INVOICED);
      flow.from(CANCELED);
      flow.from(INVOICED);
    }
  }

  private void from(OrderStatus status, OrderStatus... targets) {
    var set = EnumSet.noneOf(OrderStatus.class);
    set.addAll(Set.of(targets));
    next.put(status, Set.copyOf(set));
  }

  /** {@code Marketplace} or {@code Fulfillment}: what the document's {@code origin} says, also in the seller's half of a complete order. */
  public String origin() {
    return origin;
  }

  /** The status an order of this flow is born with. */
  public OrderStatus first() {
    return this == SOLD_ELSEWHERE ? ORDER_ACCEPTED : ORDER_CREATED;
  }

  /** Statuses that may follow {@code status}; {@code null} stands for "not placed yet". Empty for a final status, or one foreign to this flow. */
  public Set<OrderStatus> next(@Nullable OrderStatus status) {
    return status == null ? Set.of(first()) : next.getOrDefault(status, Set.of());
  }

  /**
   * The domain of a status that an order enters.
   *
   * @param current the order's domain before; null at the start
   */
  Domain domainOf(OrderStatus entered, @Nullable Domain current) {
    if (this == SOLD_ELSEWHERE) return FULFILLMENT;
    if (this == SOLD_BY_OTHERS) return MARKETPLACE;
    return entered == WINDOW_TO_CANCEL || current == FULFILLMENT ? FULFILLMENT : MARKETPLACE;
  }
}
