package shop.orders.store;

/** Running numbers per account. */
public interface Sequences {
  /** Numbers that a process may take in advance: whoever reserves more than these at once gets the account's newest. */
  int IN_ADVANCE = 100;

  /**
   * Reserves {@code count} numbers for this caller alone; numbers reserved and not used are lost.
   *
   * @return the first of them; 1 or more
   */
  long reserve(String account, int count);

  /**
   * Numbers below {@code least} are not given out any more, but for those that other processes took in advance. Never lowers anything.
   *
   * @throws StoreUnavailable if the outcome is unknown; asking again is harmless
   */
  void skipTo(String account, long least);
}
