package shop.orders.testservers;

import java.util.function.Supplier;

/** Made when first asked for. A failure is remembered too: a server that does not start would cost every test its minutes. */
final class Once<T> {
  private final Supplier<T> maker;
  private T made;
  private RuntimeException failure;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() {
    if (failure != null) throw failure;
    if (made == null) {
      try {
        made = maker.get();
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return made;
  }
}
