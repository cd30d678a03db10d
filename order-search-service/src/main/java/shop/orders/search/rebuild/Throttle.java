package shop.orders.search.rebuild;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.search.fill.Patience;
import shop.orders.search.rebuild.Rebuild.Pressure;

/**
 * Which share of its time the rebuild works: fast down while the workflow is slower than it should be, slowly up again. Where the workflow
 * works it begins low: what was too much, on a machine that is nearly full, takes long to be made up for. Safe for use by many threads.
 */
final class Throttle {
  private static final double LEAST = 0.05;
  private static final double DOWN = 0.7;
  private static final double UP = 0.05;

  /** Of the most, to begin with. */
  private static final double FIRST = 0.2;

  /** Orders taken at once, at most, by who holds back: so long a processor is not the workflow's. */
  private static final int FEW = 500;

  /** And at least: what a request costs whatever it is for is to be worth it. */
  private static final int FEWEST = 200;

  /** What the workflow may get slower by. */
  private static final double SLOWER = 1.5;

  private final double most;
  private final Latency limit;
  private volatile double share;
  private volatile @Nullable Latency workflow;

  /** @param gently whether it begins low */
  Throttle(double most, Latency limit, boolean gently) {
    this.most = most;
    this.limit = limit;
    this.share = gently ? most * FIRST : most;
  }

  /** @param p99 that is fine in any case, in milliseconds */
  static Latency limit(long p99, Optional<Latency> before) {
    return before.map(each -> each.times(SLOWER).atLeast(fine(p99))).orElse(fine(p99));
  }

  private static Latency fine(long p99) {
    return new Latency(p99 / 2, p99);
  }

  /** What a rebuild was held to before it was gone on with. */
  static Throttle goingOn(double most, long p99, @Nullable Pressure before) {
    if (before == null) return new Throttle(most, fine(p99), true);
    long median = before.medianLimitMillis() == null ? 0 : before.medianLimitMillis();
    return new Throttle(most, new Latency(median, before.limitMillis()).atLeast(fine(p99)), before.workflowMillis() != null);
  }

  void measured(Optional<Latency> now) {
    workflow = now.orElse(null);
    boolean slow = now.isPresent() && now.get().exceeds(limit);
    share = slow ? Math.max(Math.min(LEAST, most), share * DOWN) : Math.min(most, share + UP);
  }

  /** How many of {@code most} orders to take at once: the smaller the share the fewer, so that nobody waits long for the next rest. */
  int atOnce(int most) {
    double now = share;
    return now < 1 ? Math.min(most, Math.max(FEWEST, Math.min(FEW, (int) (most * now)))) : most;
  }

  /** Rests as long as the share demands after so much work. */
  void rest(long workedNanos) {
    double now = share;
    long nanos = (long) (workedNanos * (1 - now) / now);
    if (nanos > 1_000_000) Patience.rest(Duration.ofNanos(nanos));
  }

  Pressure now() {
    var now = workflow;
    return new Pressure(share, now == null ? null : (Long) now.p99(), limit.p99(), now == null ? null : (Long) now.median(), limit.median());
  }
}
