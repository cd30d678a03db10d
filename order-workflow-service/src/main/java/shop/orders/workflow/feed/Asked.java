package shop.orders.workflow.feed;

/**
 * What a reader of a feed asks for.
 *
 * @param max of events
 * @param gapsAsItems whether gaps are told as items too, beyond {@code max}, until they are committed
 */
record Asked(int max, boolean gapsAsItems) {
  static Asked events(int max) {
    return new Asked(max, false);
  }
}
