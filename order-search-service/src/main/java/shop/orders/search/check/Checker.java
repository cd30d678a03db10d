package shop.orders.search.check;

/** Compares index and store by count and hash-sum per account and day of creation, and looks closer where they differ. */
public interface Checker {
  /** How closely is looked. */
  enum Depth {
    /** At sums, and at single orders only where those differ: all that can happen by itself shows. */
    SUMS,
    /** At every document, which is read back: content that was changed behind our back shows too. */
    CONTENT
  }

  /** Hears of a check under way, on its thread, after each piece of work; may rest there, or end the check by throwing. */
  @FunctionalInterface
  interface Watcher {
    void worked(CheckReport soFar);
  }

  /**
   * Compares; days that differ are drilled down to orders. What is only on its way, since live traffic goes on, is no difference.
   *
   * @param repair whether what differs is indexed again, and looked at once more
   * @throws shop.orders.search.index.IndexUnavailable if the index does not answer
   * @throws shop.orders.store.StoreUnavailable if the store does not answer
   */
  CheckReport check(Scope scope, Depth depth, boolean repair, Watcher watcher);

  /** By sums, against what the store held a while ago: what came into it since is not looked for, and is no difference. Repairs. */
  CheckReport check(Scope scope, StoreSums stored);

  /**
   * Walks over the whole store.
   *
   * @param atOnce pieces of it to be read at the same time, 1 or more
   * @throws shop.orders.store.StoreUnavailable if the store does not answer
   */
  StoreSums stored(int atOnce);
}
