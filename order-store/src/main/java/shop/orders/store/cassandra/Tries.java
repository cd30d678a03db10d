package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shop.orders.store.StoreUnavailable;

/** One bounded row of tries, with pauses that grow and scatter. For one thread. */
final class Tries {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final String what;
  private final LongSupplier nanos;
  private final long begun;
  private final Duration deadline;
  private int pauses;
  private @Nullable DriverException last;

  /** @param nanos a monotonic clock; wall clocks jump */
  Tries(String what, Duration deadline, LongSupplier nanos) {
    this.what = what;
    this.deadline = deadline;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Remembers why the last try said nothing. @throws DriverException the same, if no further try can do better */
  void failed(DriverException e) {
    if (Cql.isBug(e)) throw e;
    if (last != null && last != e) e.addSuppressed(last);
    last = e;
  }

  /** Runs {@code request} until it answers. @throws StoreUnavailable if it has not by the deadline */
  <T> T until(Supplier<T> request) {
    while (true) {
      try {
        return request.get();
      } catch (DriverException e) {
        failed(e);
        pause();
      }
    }
  }

  /** Waits a little before the next try. @throws StoreUnavailable if there is no time for one */
  void pause() {
    var longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(pauses++, 10));
    var pause = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    var left = deadline.toMillis() - (nanos.getAsLong() - begun) / 1_000_000;
    if (left <= pause) throw unavailable("no certain answer within " + deadline.toMillis() + " ms and " + pauses + " tries");
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted after " + pauses + " tries");
    }
  }

  private StoreUnavailable unavailable(String why) {
    return new StoreUnavailable(what + ": " + why, last);
  }
}
