package shop.orders.localstack.replay;

/** Nothing can be made of this data: a directory or a whole file is missing, or does not hold what it should. Said to the user as it is. */
public final class UnusableData extends Exception {
  private static final long serialVersionUID = 1;

  public UnusableData(String message) {
    super(message);
  }
}
