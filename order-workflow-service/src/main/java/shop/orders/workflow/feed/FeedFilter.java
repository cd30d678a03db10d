package shop.orders.workflow.feed;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** Which events a feed delivers, in the API's two kinds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FeedFilter.FromWorkflow.class, name = "FromWorkflow"),
  @JsonSubTypes.Type(value = FeedFilter.FromOrders.class, name = "FromOrders")
})
sealed interface FeedFilter {

  /** Every transition, or those into some statuses. @param statuses public names; empty for every status */
  record FromWorkflow(List<String> statuses) implements FeedFilter {
    public FromWorkflow {
      statuses = List.copyOf(statuses);
    }

    /** Whether an event that brought an order into {@code status} is delivered. */
    boolean wants(String status) {
      return statuses.isEmpty() || statuses.stream().map(StatusNames::right).anyMatch(status::equals);
    }
  }

  /**
   * Orders for which an expression holds.
   *
   * @param disableSingleFire whether every change that still matches is delivered, and not only an order's first
   * @param since the earliest change that counts as an order's first: when the filter was set, or where the feed began or was sent back to
   */
  record FromOrders(String expression, boolean disableSingleFire, Instant since) implements FeedFilter {
    FromOrders withSince(Instant other) {
      return new FromOrders(expression, disableSingleFire, other);
    }

    boolean asksTheSame(FeedFilter other) {
      return other instanceof FromOrders orders && orders.expression.equals(expression) && orders.disableSingleFire == disableSingleFire;
    }
  }

  /** Whether each event needs the order, so that a read looks at fewer. */
  default boolean needsOrders() {
    return this instanceof FromOrders;
  }
}
