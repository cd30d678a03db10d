package shop.orders.search.rebuild;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.search.fill.Patience;
import shop.orders.search.rebuild.Rebuild.Pressure;

/**
 * Which share of its time the rebuild works: fast down while the workflow, or lists, are slower than they should be, slowly up again. Where the
 * workflow works it begins low: what was too much, on a machine that is nearly full, takes long to be made up for. Safe for use by many threads.
 */
final class Throttle {
  private static final double LEAST = 0.05;
  private static final double DOWN = 0.7;
  private static final double UP = 0.05;

  /** Of the most, however slow lists are: they are whole again only after it. */
  private static final double LEAST_FOR_LISTS = 0.5;

  /** Of the most, to begin with. */
  private static final double FIRST = 0.2;

  /** Orders taken at once, at most, by who holds back: so long a processor is not the workflow's. */
  private static final int FEW = 500;

  /** And at least: what a request costs whatever it is for is to be worth it. */
  private static final int FEWEST = 200;

  private final double most;
  private final Limits limits;
  private volatile double share;
  private volatile @Nullable Latency workflow;
  private volatile @Nullable Long lists;

  /** @param gently whether it begins low */
  Throttle(double most, Limits limits, boolean gently) {
    this.most = most;
    this.limits = limits;
    this.share = gently ? most * FIRST : most;
  }

  /** For what is gone on with, with its limits. @param before what it was under */
  static Throttle goingOn(double most, Limits limits, @Nullable Pressure before) {
    return new Throttle(most, limits, before == null || before.workflowMillis() != null);
  }

  /** @param workflowNow empty if too little goes on @param listsNow p99 in milliseconds; empty if none was asked for */
  void measured(Optional<Latency> workflowNow, Optional<Long> listsNow) {
    workflow = workflowNow.orElse(null);
    lists = listsNow.orElse(null);
    boolean slow = workflowNow.isPresent() && workflowNow.get().exceeds(limits.workflow());
    boolean slowLists = listsNow.isPresent() && listsNow.get() > limits.lists();
    if (slow) share = Math.max(Math.min(LEAST, most), share * DOWN);
    else if (slowLists) share = Math.min(share, Math.max(most * LEAST_FOR_LISTS, share * DOWN));
    else share = Math.min(most, share + UP);
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
    return new Pressure(
        share, now == null ? null : (Long) now.p99(), limits.workflow().p99(), now == null ? null : (Long) now.median(), limits.workflow().median(), lists, limits.lists());
  }
}
