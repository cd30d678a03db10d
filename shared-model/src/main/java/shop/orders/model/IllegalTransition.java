package shop.orders.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order's flow has no edge from where it stands to where it was to go. Nothing was changed. */
public class IllegalTransition extends RuntimeException {
  private final transient @Nullable OrderStatus from;
  private final transient Set<OrderStatus> allowed;

  IllegalTransition(OrderKey key, @Nullable OrderStatus from, OrderStatus to, Set<OrderStatus> allowed) {
    super("order " + key.orderId() + " is " + from + " and cannot move to " + to + ", only to " + allowed);
    this.from = from;
    this.allowed = allowed;
  }

  /** Where the order stands; null if it is not placed. */
  public @Nullable OrderStatus from() {
    return from;
  }

  /** Where it may go from there. */
  public Set<OrderStatus> allowed() {
    return allowed;
  }
}
