package shop.orders.store;

import java.util.function.Consumer;

/** All orders, piece by piece, for rebuilding and judging views. */
public interface OrderScan {
  /** How many slices there are; fixed while the process runs. Slices are disjoint and together complete. */
  int slices();

  /** Hands the header of every order of one slice to {@code sink}, unordered, with at most one page in memory; version 0 included. */
  void read(int slice, Consumer<OrderHeader> sink);

  /**
   * Hands every placed order of one slice to {@code sink}, events and documents with it. Far less work for the database than asking for
   * each order. Of one that changes meanwhile the document may be missing that its newest event names: ask for that order alone.
   */
  void readWhole(int slice, Consumer<FoundOrder> sink);
}
