package shop.orders.web.status;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets a change count when it was seen twice in a row: one slow look is not news. For one thread. */
final class Steady {
  private final Map<Capability, Standing> current = new EnumMap<>(Capability.class);
  private final Map<Capability, State> seenOnce = new HashMap<>();

  /** What another process, or this one before its start, knew. */
  void begin(Capability capability, Standing standing) {
    current.putIfAbsent(capability, standing);
  }

  /** The same state, since when all agree it to be. */
  void since(Capability capability, Standing standing) {
    current.put(capability, standing);
  }

  /** @return the capability's new standing if its state changed with this look, else null */
  @Nullable Standing see(Capability capability, @Nullable Standing seen) {
    if (seen == null) {
      seenOnce.remove(capability);
      return null;
    }
    var before = current.get(capability);
    if (before != null && before.state() == seen.state()) {
      seenOnce.remove(capability);
      current.put(capability, new Standing(before.state(), before.since(), seen.cause()));
      return null;
    }
    if (seenOnce.put(capability, seen.state()) != seen.state()) return null;
    seenOnce.remove(capability);
    var since = before != null && seen.since().isBefore(before.since()) ? before.since() : seen.since();
    var changed = new Standing(seen.state(), since, seen.cause());
    current.put(capability, changed);
    return changed;
  }

  /** How everything stands; without what nothing is known of. */
  Map<Capability, Standing> all() {
    return new EnumMap<>(current);
  }
}
