package shop.orders.store;

/**
 * What a contract needs of a store. May be shared by many tests: each uses keys and accounts of its own.
 *
 * @param faults stands between {@code stores} and its batches
 */
public record StoreUnderTest(Stores stores, BatchFaults faults, TestClock clock) {}
