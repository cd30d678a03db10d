package shop.orders.search.index;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The index does not take writes or answer questions now: away, hung, overloaded, read-only, or asked too much in the time allowed.
 * Writes may have landed; doing them again is harmless.
 */
public class IndexUnavailable extends RuntimeException {
  private final Set<Integer> only;

  IndexUnavailable(String why) {
    this(why, (Throwable) null);
  }

  /** @param only the generations that do not take writes, while the others do */
  IndexUnavailable(String why, Set<Integer> only) {
    super(why);
    this.only = Set.copyOf(only);
  }

  IndexUnavailable(String why, @Nullable Throwable cause) {
    super(why, cause);
    this.only = Set.of();
  }

  /** The generations that do not take writes; empty if it is not known to be about some alone. */
  Set<Integer> only() {
    return only;
  }
}
