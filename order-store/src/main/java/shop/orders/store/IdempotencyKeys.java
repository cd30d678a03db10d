package shop.orders.store;

/** Which answer belongs to a client's {@code Idempotency-Key}; kept for seven days. */
public interface IdempotencyKeys {
  /**
   * Binds {@code value} to the key, if nothing is bound yet.
   *
   * @return what is bound now: {@code value}, or what an earlier call bound
   * @throws StoreUnavailable if the outcome is unknown; claiming again is harmless
   */
  String claim(String account, String key, String value);
}
