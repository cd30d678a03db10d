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

  /** @param workflow as it was without a rebuild; empty if too little went on @param lists p99 then, in milliseconds; empty if none was asked for */
  static Limits of(RebuildProperties properties, Optional<Latency> workflow, Optional<Long> lists) {
    var fine = fine(properties);
    return new Limits(workflow.map(before -> before.times(SLOWER).atLeast(fine.workflow)).orElse(fine.workflow), Math.max(fine.lists, (long) (lists.orElse(0L) * SLOWER)));
  }

  /** What a rebuild was held to before it was gone on with. @param before null if it was not yet */
  static Limits goingOn(RebuildProperties properties, @Nullable Pressure before) {
    var fine = fine(properties);
    if (before == null) return fine;
    long median = before.medianLimitMillis() == null ? 0 : before.medianLimitMillis();
    long lists = before.listLimitMillis() == null ? 0 : before.listLimitMillis();
    return new Limits(new Latency(median, before.limitMillis()).atLeast(fine.workflow), Math.max(fine.lists, lists));
  }

  private static Limits fine(RebuildProperties properties) {
    return new Limits(Latency.fine(properties.workflowLimit()), properties.listLimit().toMillis());
  }
}
