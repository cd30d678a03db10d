package shop.orders.search.rebuild;

import shop.orders.model.OrderKey;
import shop.orders.store.KeptDocument;

/** Some of all orders, in parts: the newest first. Safe for use by many threads. */
interface Wave {
  /** For people. */
  String what();

  /** How many there are; the same ones after a crash. */
  int parts();

  /**
   * Hands every order of a part to {@code sink}, in the same order each time; those placed meanwhile may come first.
   *
   * @throws shop.orders.store.StoreUnavailable if the store does not answer
   */
  void read(int part, Sink sink);

  /** Whether an order that came by its key is left to do for who asks; of one that several parts have, one is told so. */
  default boolean claim(OrderKey key) {
    return true;
  }

  /** Takes orders of one part, on the thread that reads it. */
  interface Sink {
    void add(OrderKey key);

    /** With the document that is kept beside it, if one is. */
    void add(KeptDocument order);
  }
}
