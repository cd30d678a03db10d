package shop.orders.search.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import shop.orders.search.check.ReconcileRecord.Progress;

/**
 * Which pass comes next: of those that are due the one that is latest, as a share of its period. So a pass that takes longer than its period
 * makes all others late by as much, and holds up none of them. For one thread.
 */
final class Turns {
  private final ReconcileProperties properties;

  /** When a pass failed last. From then on it counts how late it is, or one that always fails would come first for ever. */
  private final Map<Pass, Instant> failed = new EnumMap<>(Pass.class);

  Turns(ReconcileProperties properties) {
    this.properties = properties;
  }

  /** Empty if none is due. */
  Optional<Pass> next(Map<Pass, Progress> passes, Instant now) {
    return Arrays.stream(Pass.values())
        .filter(pass -> isDue(pass, passes.get(pass), now))
        .reduce((a, b) -> lateness(b, passes.get(b), now) > lateness(a, passes.get(a), now) ? b : a);
  }

  void failed(Pass pass, Instant now) {
    failed.put(pass, now);
  }

  void done(Pass pass) {
    failed.remove(pass);
  }

  private boolean isDue(Pass pass, Progress progress, Instant now) {
    return progress.begun() != null || !progress.ever() || !progress.covered().plus(pass.every(properties)).isAfter(now);
  }

  private double lateness(Pass pass, Progress progress, Instant now) {
    var every = pass.every(properties);
    // One that has never ended is as late as if it had ended a period before it was first thought of.
    var since = progress.ever() ? progress.covered() : progress.covered().minus(every);
    var failure = failed.get(pass);
    if (failure != null && failure.isAfter(since)) since = failure;
    return (double) Duration.between(since, now).toMillis() / Math.max(1, every.toMillis());
  }
}
