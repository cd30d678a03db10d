package shop.orders.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/** What the receipts of actions were given for; kept for 180 days. */
public interface Receipts {

  /**
   * One receipt.
   *
   * @param id the id of the command it was given for; a number of its own where there was nothing to do
   * @param action as its callers know it: {@code cancel}, {@code invoice}
   * @param at when the action was taken, to the millisecond
   * @param unchangedAt the order's version where the action found nothing to do; null where it had something to do
   */
  record Entry(UUID id, OrderKey order, String action, Instant at, @Nullable Long unchangedAt) {}

  /**
   * Keeps a receipt; one of the same id is overwritten. Says nothing about what became of its command, so it may be kept before that is
   * written.
   *
   * @throws StoreUnavailable if the outcome is unknown; saving again is harmless
   */
  void save(Entry entry);

  /** Empty if the account has no such receipt, or has it no more. @throws StoreUnavailable if the database does not answer */
  Optional<Entry> find(String account, UUID id);
}
