package shop.orders.search.rebuild;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.search.fill.Patience;
import shop.orders.search.fill.Share;
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

  /** So small a share is hardly felt. */
  private static final double HARDLY = 0.1;

  /** Measurements at such a share, one after the other, that tell of the workflow as it is without a rebuild: half a minute, so far back they look. */
  private static final int AS_IT_IS = 15;

  /** For so many, five minutes, it may be as slow as it then was, and half as much again; after them it is to be as fast as before. */
  private static final int LENIENT = 150;

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
  private Latency workflowLimit;
  private int hardly;
  private int lenient;

  /** @param gently whether it begins low */
  Throttle(double most, Limits limits, boolean gently) {
    this.most = most;
    this.limits = limits;
    this.workflowLimit = limits.workflow();
    this.share = gently ? most * FIRST : most;
  }

  /** For what is gone on with: held to what it was held to. @param before what it was under, null if nothing */
  static Throttle goingOn(double most, Limits fine, @Nullable Pressure before) {
    return new Throttle(most, before == null ? fine : fine.atLeast(Limits.of(before)), before == null || before.workflowMillis() != null);
  }

  /**
   * To be called every two seconds. What stays slow while hardly anything is done is slow for another reason, and the limit follows it: the
   * rebuild would otherwise not end while the workflow is not what it was when the rebuild began.
   *
   * @param workflowNow empty if too little goes on
   * @param listsNow p99 in milliseconds; empty if none was asked for
   */
  synchronized void measured(Optional<Latency> workflowNow, Optional<Long> listsNow) {
    workflow = workflowNow.orElse(null);
    lists = listsNow.orElse(null);
    if (lenient > 0 && --lenient == 0) workflowLimit = limits.workflow();
    boolean slow = workflowNow.isPresent() && workflowNow.get().exceeds(workflowLimit);
    boolean slowLists = listsNow.isPresent() && listsNow.get() > limits.lists();
    hardly = share <= HARDLY ? hardly + 1 : 0;
    if (hardly == AS_IT_IS) {
      workflowLimit = limits.lenient(workflowNow);
      lenient = LENIENT;
      hardly = 0;
    }
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
    var rest = Share.rest(workedNanos, share);
    if (rest.toMillis() > 0) Patience.rest(rest);
  }

  Pressure now() {
    var now = workflow;
    return new Pressure(
        share, now == null ? null : (Long) now.p99(), limits.workflow().p99(), now == null ? null : (Long) now.median(), limits.workflow().median(), lists, limits.lists());
  }
}
