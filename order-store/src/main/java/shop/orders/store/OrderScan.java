package shop.orders.store;

import java.util.function.Consumer;

/** All orders, piece by piece, for rebuilding and judging views. */
public interface OrderScan {
  /** How many slices there are; fixed while the process runs. Slices are disjoint and together complete. */
  int slices();

  /** Hands the header of every order of one slice to {@code sink}, unordered, with at most one page in memory; version 0 included. */
  void read(int slice, Consumer<OrderHeader> sink);
}
