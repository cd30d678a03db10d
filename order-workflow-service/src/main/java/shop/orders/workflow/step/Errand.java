package shop.orders.workflow.step;

import shop.orders.model.Order;
import shop.orders.workflow.step.Step.Verdict;

/** What the workflow does beside an order's way, wherever it stands. As with a {@link Step}, doing it twice is harmless. */
public interface Errand {
  /** Called at each look at the order; does nothing for nearly all. */
  Verdict run(Order order);
}
