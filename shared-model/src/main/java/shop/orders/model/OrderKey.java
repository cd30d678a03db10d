package shop.orders.model;

import java.util.regex.Pattern;

/**
 * Names one order. {@code orderId} is unique within its account only.
 *
 * @param account lower-case account name, 1 to 60 of {@code [a-z0-9_-]}
 * @param orderId as the API shows it: {@code v502556llux-01}, {@code SCP-880090622238-01}; 1 to 200 characters
 */
public record OrderKey(String account, String orderId) {
  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9_-]{1,60}");

  public OrderKey {
    if (!isAccount(account)) throw new IllegalArgumentException("not an account name: " + account);
    if (!isOrderId(orderId)) throw new IllegalArgumentException("not an order id: " + orderId);
  }

  /** Whether {@code id} may name an order. */
  public static boolean isOrderId(String id) {
    return !id.isBlank() && id.length() <= 200;
  }

  /** Whether {@code name} may name an account. */
  public static boolean isAccount(String name) {
    return ACCOUNT.matcher(name).matches();
  }

  @Override
  public String toString() {
    return account + "/" + orderId;
  }
}
