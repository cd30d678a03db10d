package shop.orders.search.rebuild;

import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shop.orders.search.rebuild.Rebuild.Position;

/** Which parts of a wave are done; handed out in order, done in any. Safe for use by many threads. */
final class Parts {
  private final int count;
  private final TreeSet<Integer> beyond = new TreeSet<>();
  private int next;
  private int handedOut;

  /** @param before where it was left; begun anew if that was of other parts */
  Parts(int count, @Nullable Position before) {
    this.count = count;
    if (before == null || before.parts() != count) return;
    next = before.next();
    handedOut = next;
    beyond.addAll(before.beyond());
  }

  synchronized OptionalInt take() {
    while (beyond.contains(handedOut)) handedOut++;
    return handedOut < count ? OptionalInt.of(handedOut++) : OptionalInt.empty();
  }

  synchronized void done(int part) {
    beyond.add(part);
    while (beyond.remove(next)) next++;
  }

  synchronized Position position(long underWay) {
    return new Position(count, next, new TreeSet<>(beyond), underWay);
  }
}
