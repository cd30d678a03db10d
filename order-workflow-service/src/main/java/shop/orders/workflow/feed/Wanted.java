package shop.orders.workflow.feed;

import shop.orders.model.Change;
import shop.orders.model.OrderStatus;
import shop.orders.store.EventLog.Logged;

/** What of the log is an event for a feed. */
final class Wanted {
  private static final String INCOMPLETE = OrderStatus.INCOMPLETE.wire();

  private Wanted() {}

  static boolean by(FeedFilter filter, Logged logged) {
    if (filter instanceof FeedFilter.FromWorkflow workflow) return isTransition(logged) && workflow.wants(logged.entry().status());
    throw new IllegalStateException("refused when it was configured: " + filter);
  }

  /** Changes that move nothing are no workflow events, history from elsewhere is none, and an incomplete order is no order yet. */
  private static boolean isTransition(Logged logged) {
    var entry = logged.entry();
    if (entry.status().equals(entry.lastStatus()) || entry.type().equals(Change.HISTORY)) return false;
    return !entry.status().equals(INCOMPLETE) && !(INCOMPLETE.equals(entry.lastStatus()) && entry.status().equals(OrderStatus.CANCELED.wire()));
  }
}
