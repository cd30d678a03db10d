package shop.orders.workflow.action;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderNumbers;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** Finds the order a caller means. */
@Component
public class OrderReads {
  private static final Pattern SEQUENCE = Pattern.compile("seq(\\d{1,10})");

  private final OrderStore store;

  OrderReads(OrderStore store) {
    this.store = store;
  }

  /**
   * By its id, or by {@code seq} and the running number it was placed under by the account's own checkout: the first one of its group then.
   *
   * @throws ApiError 404 if there is no such order
   */
  public Order require(Caller caller, String orderId) {
    return store.find(caller.order(orderId)).or(() -> bySequence(caller, orderId)).orElseThrow(ApiError::orderNotFound);
  }

  private Optional<Order> bySequence(Caller caller, String orderId) {
    var matcher = SEQUENCE.matcher(orderId);
    if (!matcher.matches()) return Optional.empty();
    return store.find(new OrderKey(caller.account(), OrderNumbers.orderId(OrderNumbers.group(caller.account(), matcher.group(1)), 1)));
  }
}
