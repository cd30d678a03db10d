package shop.orders.web.status;

/** How a capability stands, from best to worst; {@link #UNKNOWN} says nothing. */
enum State {
  UNKNOWN,
  UP,
  /** Works, but late, in part, or not for everybody. */
  DEGRADED,
  /** What should be worked on is not, though it answers. */
  STALLED,
  DOWN;

  boolean isBad() {
    return compareTo(UP) > 0;
  }
}
