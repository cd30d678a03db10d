package shop.orders.localstack.cli;

/** What was asked cannot be done as things stand; nothing was changed. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}
