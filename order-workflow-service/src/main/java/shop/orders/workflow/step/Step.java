package shop.orders.workflow.step;

import java.time.Duration;
import java.util.Set;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;

/** What the workflow does by itself with an order in some status. Looks at the order it is given and nothing else, so doing it twice is harmless. */
public interface Step {
  Set<OrderStatus> statuses();

  /** Called when the order's next look is due. May call a partner; bounded by that partner's timeout. */
  Verdict run(Order order);

  /** What became of it. */
  sealed interface Verdict {
    /** What becomes of an order of which this and the other are true. */
    default Verdict and(Verdict other) {
      if (!(this instanceof TryAgain mine)) return other;
      return other instanceof TryAgain its && its.after.compareTo(mine.after) < 0 ? its : this;
    }

    /** Done, or no longer needed. */
    record Done() implements Verdict {}

    /** Not now; the reason is for people. */
    record TryAgain(Duration after, String reason) implements Verdict {}
  }
}
