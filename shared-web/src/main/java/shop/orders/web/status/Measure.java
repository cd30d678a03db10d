package shop.orders.web.status;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of work tells how far it has come. To be told by the thread that does the work and by no other, so that one that hangs
 * falls silent. Costs nothing but memory; safe for use by many threads.
 */
public final class Measure {
  private final Clock clock;
  private @Nullable Reading reading;

  Measure(Clock clock) {
    this.clock = clock;
  }

  /** There was a look, and nothing waits. */
  public void idle() {
    open(null);
  }

  /** There was a look; the oldest work that could be done waits since then. */
  public synchronized void open(@Nullable Instant oldest) {
    reading = new Reading(clock.instant(), oldest, lastDone(), note());
  }

  /** Something was completed, just now. */
  public void done() {
    done(clock.instant());
  }

  /** Something was completed; counts as a look, and leaves standing what waits. */
  public synchronized void done(Instant at) {
    reading = new Reading(clock.instant(), reading == null ? null : reading.oldestOpen(), at, note());
  }

  /** What people should know besides, null for nothing more. Does not count as a look. */
  public synchronized void note(@Nullable String note) {
    if (reading != null) reading = new Reading(reading.seenAt(), reading.oldestOpen(), reading.lastDone(), note);
  }

  /** The work is another process's now, or is no more. */
  public synchronized void leave() {
    reading = null;
  }

  /** What was told last; empty before the first look and after {@link #leave}. */
  public synchronized Optional<Reading> reading() {
    return Optional.ofNullable(reading);
  }

  private @Nullable Instant lastDone() {
    return reading == null ? null : reading.lastDone();
  }

  private @Nullable String note() {
    return reading == null ? null : reading.note();
  }
}
