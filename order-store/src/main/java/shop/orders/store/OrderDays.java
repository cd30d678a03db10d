package shop.orders.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.function.Consumer;
import shop.orders.model.OrderKey;

/** Which orders were created on a day. May name an order whose placement never landed, never misses one that did. */
public interface OrderDays {
  /** Every day of an account is in so many slices, for as long as there is a store. */
  int SLICES = 8;

  /** In which slice of its day an order is, from 0. */
  static int slice(OrderKey key) {
    return Math.floorMod(key.orderId().hashCode(), SLICES);
  }

  /** Hands every order created on {@code day} (UTC) to {@code sink}, newest first within slices, with at most one page in memory. */
  void read(String account, LocalDate day, Consumer<CreatedOrder> sink);

  /**
   * As {@link #read} of some accounts, one after the other or mixed; each order with the document that is kept beside it, if one is.
   * Orders come in the same order each time the same accounts are asked for; those placed meanwhile are among them.
   */
  void readKept(Collection<String> accounts, LocalDate day, Consumer<KeptDocument> sink);

  /** As {@link #readKept(Collection, LocalDate, Consumer)} of one slice, so that a large day can be read by several threads. */
  void readKept(Collection<String> accounts, LocalDate day, int slice, Consumer<KeptDocument> sink);

  /**
   * Keeps documents beside their orders; of one order that of the highest version stays, in whatever order they are written.
   *
   * @param documents each with one; any number, written some at a time
   * @throws StoreUnavailable if some may not be kept
   */
  void keep(Collection<KeptDocument> documents);

  /** @param createdAt to the millisecond */
  record CreatedOrder(OrderKey key, Instant createdAt) {}
}
