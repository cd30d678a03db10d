package shop.orders.search.check;

/** Compares index and store by count and hash-sum per account and day of creation, and looks closer where they differ. */
public interface Checker {
  /**
   * Compares; days that differ are drilled down to orders. What is only on its way, since live traffic goes on, is no difference.
   *
   * @param repair whether what differs is indexed again, and looked at once more
   * @throws shop.orders.search.index.IndexUnavailable if the index does not answer
   * @throws shop.orders.store.StoreUnavailable if the store does not answer
   */
  CheckReport check(Scope scope, boolean repair);
}
