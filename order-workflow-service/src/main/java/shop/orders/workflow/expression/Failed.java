package shop.orders.workflow.expression;

/** An expression that cannot be evaluated on a document. {@link #code()} tells nothing of the document, the message may. */
final class Failed extends RuntimeException {
  private final String code;

  Failed(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** JSONata's error code, {@code T2001}, or the kind of failure. */
  String code() {
    return code;
  }
}
