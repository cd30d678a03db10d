package shop.orders.search.index;

/**
 * The index does not take writes or answer questions now: away, hung, overloaded, read-only, or asked too much in the time allowed.
 * Writes may have landed; doing them again is harmless.
 */
public class IndexUnavailable extends RuntimeException {
  IndexUnavailable(String why) {
    super(why);
  }

  IndexUnavailable(String why, Throwable cause) {
    super(why, cause);
  }
}
