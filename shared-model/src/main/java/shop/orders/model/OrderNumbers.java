package shop.orders.model;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How the ids of an account's own orders are made of its running numbers: {@code v502556demo-01} is the first order of group {@code v502556demo}. */
public final class OrderNumbers {
  private static final Pattern OWN = Pattern.compile("v(\\d{1,10})([a-z]{1,4})-\\d\\d");

  private OrderNumbers() {}

  public static String group(String account, String sequence) {
    return "v" + sequence + letters(account);
  }

  /** @param position in the group, from 1 */
  public static String orderId(String group, int position) {
    return "%s-%02d".formatted(group, position);
  }

  /** The running number that an order placed in this account would need to get such an id; empty if none can. */
  public static OptionalLong sequenceOf(String account, String orderId) {
    var matcher = OWN.matcher(orderId);
    return matcher.matches() && matcher.group(2).equals(letters(account)) ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
  }

  /** Up to four letters of the account. */
  private static String letters(String account) {
    var letters = account.replaceAll("[^a-z]", "");
    return letters.isEmpty() ? "ordr" : letters.substring(0, Math.min(4, letters.length()));
  }
}
