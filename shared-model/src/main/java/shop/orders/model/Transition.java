package shop.orders.model;

import java.util.Set;

/**
 * One row of a flow's table: an order in {@code from} may enter {@code to}.
 *
 * @param triggers what makes it do so; at least one
 */
public record Transition(OrderStatus from, OrderStatus to, Set<Trigger> triggers) {
  public Transition {
    triggers = Set.copyOf(triggers);
  }
}
