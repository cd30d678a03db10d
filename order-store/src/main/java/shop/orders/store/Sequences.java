package shop.orders.store;

/** Running numbers per account. */
public interface Sequences {
  /**
   * Reserves {@code count} numbers for this caller alone; numbers reserved and not used are lost.
   *
   * @return the first of them; 1 or more
   */
  long reserve(String account, int count);
}
