package shop.orders.search.rebuild;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.search.rebuild.Rebuild.Pressure;

/**
 * What a rebuild is held to.
 *
 * @param workflow from a decision to the event log
 * @param lists p99 in milliseconds
 */
record Limits(Latency workflow, long lists) {
  /** What anything may get slower by. */
  private static final double SLOWER = 1.5;

  /** Times the limit, at most: what is slower than that is in trouble, whosever fault it is. */
  private static final double MOST_LENIENT = 3;

  /** What is fine in any case. */
  static Limits fine(RebuildProperties properties) {
    return new Limits(Latency.fine(properties.workflowLimit()), properties.listLimit().toMillis());
  }

  /** What a rebuild was held to; 0 where an earlier release did not say. */
  static Limits of(Pressure before) {
    return new Limits(new Latency(orNone(before.medianLimitMillis()), before.limitMillis()), orNone(before.listLimitMillis()));
  }

  private static long orNone(@Nullable Long millis) {
    return millis == null ? 0 : millis;
  }

  /** These, or half as much again as there is without a rebuild. @param without empty if too little went on @param listsWithout p99 in milliseconds; empty if none was asked for */
  Limits after(Optional<Latency> without, Optional<Long> listsWithout) {
    return atLeast(new Limits(without.orElse(Latency.NONE).times(SLOWER), (long) (listsWithout.orElse(0L) * SLOWER)));
  }

  /** What the workflow is held to while it is slower than this by itself. @param without as in {@link #after} */
  Latency lenient(Optional<Latency> without) {
    return after(without, Optional.empty()).workflow.atMost(workflow.times(MOST_LENIENT));
  }

  /** The larger of each. */
  Limits atLeast(Limits other) {
    return new Limits(workflow.atLeast(other.workflow), Math.max(lists, other.lists));
  }
}
