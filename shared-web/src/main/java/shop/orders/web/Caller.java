package shop.orders.web;

import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/**
 * Who sent a request: proven by key and token. Controllers take it as a parameter; the account is never taken from anywhere else.
 *
 * @param seller the outside seller that holds the key; null for the account's own people and systems
 */
public record Caller(String account, String appKey, @Nullable String seller) {
  static final String ATTRIBUTE = Caller.class.getName();

  /**
   * The order of that id in this account.
   *
   * @throws ApiError 404 if no order can have such an id
   */
  public OrderKey order(String orderId) {
    if (!OrderKey.isOrderId(orderId)) throw ApiError.orderNotFound();
    return new OrderKey(account, orderId);
  }

  /** How events name this caller. */
  public String by() {
    return "key:" + appKey;
  }
}
