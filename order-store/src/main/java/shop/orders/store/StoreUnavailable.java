package shop.orders.store;

import org.jspecify.annotations.Nullable;

/** The database did not answer, or the outcome of a write is unknown; the message says what was tried. */
public class StoreUnavailable extends RuntimeException {
  public StoreUnavailable(String tried, @Nullable Throwable cause) {
    super(tried, cause);
  }
}
