package shop.orders.search.check;

/** No failure: this instance ends, or the work is not its own any more. */
final class Stopped extends RuntimeException {
  Stopped(String why) {
    super(why);
  }
}
