package shop.orders.systemtest.drill;

/** The other commands of {@code ./oms}. */
@FunctionalInterface
interface OtherCommands {
  /** @throws IllegalStateException if it fails */
  void oms(String... command);
}
