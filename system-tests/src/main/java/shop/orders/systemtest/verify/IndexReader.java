package shop.orders.systemtest.verify;

import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/** What is in the index. */
@FunctionalInterface
interface IndexReader {
  /**
   * Hands every document's key and order version to {@code sink}, one by one; an index that was never made holds none.
   *
   * @throws Unreachable if it cannot be read
   */
  void read(ObjLongConsumer<OrderKey> sink);

  /** The index does not answer. */
  class Unreachable extends RuntimeException {
    Unreachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
