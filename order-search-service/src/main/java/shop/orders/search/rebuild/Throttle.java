package shop.orders.search.rebuild;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import shop.orders.search.fill.Patience;
import shop.orders.search.rebuild.Rebuild.Pressure;

/** Which share of its time the rebuild works: fast down while the workflow is slower than it should be, slowly up again. Safe for use by many threads. */
final class Throttle {
  private static final double LEAST = 0.05;
  private static final double DOWN = 0.7;
  private static final double UP = 0.05;

  /** What the workflow may get slower by. */
  private static final double SLOWER = 1.5;

  private final double most;
  private final long limitMillis;
  private volatile double share;
  private volatile @Nullable Long workflowMillis;

  Throttle(double most, long limitMillis) {
    this.most = most;
    this.limitMillis = limitMillis;
    this.share = most;
  }

  /** @param floorMillis is fine in any case @param before p99 without a rebuild */
  static long limit(long floorMillis, OptionalLong before) {
    return Math.max(floorMillis, (long) (before.orElse(0) * SLOWER));
  }

  void measured(OptionalLong p99) {
    workflowMillis = p99.isPresent() ? p99.getAsLong() : null;
    boolean slow = p99.isPresent() && p99.getAsLong() > limitMillis;
    share = slow ? Math.max(Math.min(LEAST, most), share * DOWN) : Math.min(most, share + UP);
  }

  /** How many of {@code most} orders to take at once: the smaller the share the fewer by far, so that nobody waits long for the next rest. */
  int atOnce(int most) {
    double now = share;
    return Math.max(1, (int) (most * now * now));
  }

  /** Rests as long as the share demands after so much work. */
  void rest(long workedNanos) {
    double now = share;
    long nanos = (long) (workedNanos * (1 - now) / now);
    if (nanos > 1_000_000) Patience.rest(Duration.ofNanos(nanos));
  }

  Pressure now() {
    return new Pressure(share, workflowMillis, limitMillis);
  }
}
