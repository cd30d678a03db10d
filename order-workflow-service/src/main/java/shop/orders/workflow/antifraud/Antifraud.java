package shop.orders.workflow.antifraud;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.workflow.account.Account.AntifraudProvider;
import shop.orders.workflow.partner.PartnerUnavailable;

/** Asks an antifraud provider about an order's payments. Safe for use by many threads. */
interface Antifraud {
  /**
   * Hands the transaction over for analysis. Doing it again for the same order is harmless: the provider knows it by its id.
   *
   * @throws PartnerUnavailable if there is no usable answer
   */
  Answer send(AntifraudProvider provider, Order order);

  /**
   * Asks for the state of an analysis begun before.
   *
   * @return empty if the provider knows no such transaction: it lost its data, send it again
   * @throws PartnerUnavailable if there is no usable answer
   */
  Optional<Answer> poll(AntifraudProvider provider, String transactionId);

  /** @param tid the provider's own id */
  record Answer(String transactionId, @Nullable String tid, Status status, @Nullable String message) {}

  /** What a provider can say. */
  enum Status {
    received,
    undefined,
    approved,
    denied
  }
}
