package shop.orders.store;

/** The database did not answer, or the outcome of a write is unknown; the message says what was tried. */
public class StoreUnavailable extends RuntimeException {
  public StoreUnavailable(String tried, Throwable cause) {
    super(tried, cause);
  }
}
