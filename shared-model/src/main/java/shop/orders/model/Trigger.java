package shop.orders.model;

/** What makes an order pass from one status to another: a call, an answer, or time. */
public enum Trigger {
  /** Nothing to wait for: written with the status before, or made up for by the workflow where another system left an order there. */
  AUTOMATIC("at once"),
  TIME("time is over"),
  COMPLETION("POST /api/checkout/pub/gatewayCallback/{orderGroup}"),
  SELLER_ANSWER("the outside seller answers"),
  ANTIFRAUD("the antifraud provider decides"),
  PAYMENT_NOTIFICATION("payment-notification"),
  AUTHORIZATION("POST .../authorization"),
  FULFILL("fulfill"),
  START_HANDLING("start-handling"),
  CANCEL("cancel"),
  DENY_CANCELLATION("deny-cancellation-request"),
  INVOICE("invoice"),
  CHANGE_SELLER("PUT .../sellers"),
  RETRY("POST .../retry");

  private final String label;

  Trigger(String label) {
    this.label = label;
  }

  /** A few words for the picture of the tables. */
  public String label() {
    return label;
  }
}
