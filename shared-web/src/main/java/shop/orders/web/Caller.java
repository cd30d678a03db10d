package shop.orders.web;

/** Who sent a request: proven by key and token. Controllers take it as a parameter; the account is never taken from anywhere else. */
public record Caller(String account, String appKey) {
  static final String ATTRIBUTE = Caller.class.getName();

  /** How events name this caller. */
  public String by() {
    return "key:" + appKey;
  }
}
