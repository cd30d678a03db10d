package shop.orders.workflow.feed;

import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.store.EventLog.Logged;
import shop.orders.store.LogEntry;
import shop.orders.workflow.expression.OrderExpressions;
import shop.orders.workflow.expression.OrderFilter;

/** What of an account's log a feed delivers. */
@Component
class Filters {
  private static final String INCOMPLETE = OrderStatus.INCOMPLETE.wire();

  private final OrderExpressions expressions;
  private final StatusNames statuses;

  Filters(OrderExpressions expressions, StatusNames statuses) {
    this.expressions = expressions;
    this.statuses = statuses;
  }

  /** @throws shop.orders.web.ApiError 400 if the filter names a status that is none, or its expression is none */
  void check(FeedFilter filter) {
    if (filter instanceof FeedFilter.FromWorkflow workflow) statuses.check(workflow.statuses());
    else expressions.check(((FeedFilter.FromOrders) filter).expression());
  }

  /** A filter by expression reads the order for each event; what it throws while the store does not answer is for the caller's caller. */
  Predicate<Logged> of(String account, FeedFilter filter) {
    if (filter instanceof FeedFilter.FromWorkflow workflow) {
      return logged -> isTold(logged.entry()) && isTransition(logged.entry()) && workflow.wants(logged.entry().status());
    }
    var orders = (FeedFilter.FromOrders) filter;
    var wanted = new OrderFilter(orders.expression(), orders.disableSingleFire(), orders.since());
    return logged -> isTold(logged.entry()) && expressions.wants(wanted, new OrderKey(account, logged.entry().orderId()), logged.entry().version());
  }

  /** Changes that move nothing are changes of the order, and no workflow events. */
  private static boolean isTransition(LogEntry entry) {
    return !entry.status().equals(entry.lastStatus());
  }

  /** History from elsewhere is not, and an incomplete order is no order yet. */
  private static boolean isTold(LogEntry entry) {
    if (entry.type().equals(Change.HISTORY)) return false;
    return !entry.status().equals(INCOMPLETE) && !(INCOMPLETE.equals(entry.lastStatus()) && entry.status().equals(OrderStatus.CANCELED.wire()));
  }
}
