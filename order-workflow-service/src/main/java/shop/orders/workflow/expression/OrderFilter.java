package shop.orders.workflow.expression;

import java.time.Instant;

/**
 * Which changes of orders somebody wants to hear of.
 *
 * @param expression JSONata, about the order as it was by the change
 * @param disableSingleFire whether every change that matches counts, and not only an order's first
 * @param since changes before this moment were never heard of; a filter set back to an earlier moment hears the same again
 */
public record OrderFilter(String expression, boolean disableSingleFire, Instant since) {}
