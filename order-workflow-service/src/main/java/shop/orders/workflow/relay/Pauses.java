package shop.orders.workflow.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Who has to wait after a failure of his own, and how long: it doubles from half a second to half a minute. For one thread. */
class Pauses<K> {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 6;

  private final Map<K, Pause> pauses = new HashMap<>();

  private record Pause(int failures, Instant until) {}

  boolean isOver(K who, Instant now) {
    var pause = pauses.get(who);
    return pause == null || !now.isBefore(pause.until);
  }

  /** Another failure. @return how long it waits now */
  Duration again(K who, Instant now) {
    var before = pauses.get(who);
    int failures = before == null ? 0 : before.failures;
    var time = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    pauses.put(who, new Pause(failures + 1, now.plus(time)));
    return time;
  }

  /** Whether it failed by itself since it was last {@linkplain #end well}. */
  boolean knows(K who) {
    return pauses.containsKey(who);
  }

  void end(K who) {
    pauses.remove(who);
  }

  void keepOnly(Collection<K> these) {
    pauses.keySet().retainAll(these);
  }

  void clear() {
    pauses.clear();
  }
}
