package shop.orders.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/** All orders, piece by piece, for rebuilding and judging views. */
public interface OrderScan {
  /** How many slices there are; fixed while the process runs. Slices are disjoint and together complete. */
  int slices();

  /** Hands the header of every order of one slice to {@code sink}, unordered, with at most one page in memory; version 0 included. */
  void read(int slice, Consumer<OrderHeader> sink);

  /**
   * Hands every order that {@link OrderDays} names to {@code sink}, with the document kept beside it; slices are disjoint and together
   * complete, but hold other orders than those of {@link #read}. They come in the same order each time; those placed meanwhile are among them.
   */
  void readKept(int slice, Consumer<KeptDocument> sink);

  /**
   * Some hundred orders of all accounts, unordered: a walk that can be broken off and gone on with in another process.
   *
   * @param position {@link Page#next} of the page before; null to begin
   * @throws IllegalArgumentException if no such walk gave that position, or the store's version is another now: begin again
   */
  Page page(@Nullable String position);

  /** @param next null if these were the last; there may be a next one that is empty */
  record Page(List<ChangedOrder> orders, @Nullable String next) {}

  /** @param lastChange when the order's last event was decided, to the millisecond */
  record ChangedOrder(OrderKey key, Instant lastChange) {}
}
