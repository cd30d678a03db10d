package shop.orders.search.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Cursors;
import shop.orders.store.StoreUnavailable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How far reconciling has come: one small cell in the store per generation. Safe for use by many threads and processes. */
class ReconcileRecord {
  /** No account's: the index is everybody's. */
  private static final String ACCOUNT = "-";

  private final Cursors cursors;
  private final JsonMapper json = JsonMapper.builder().build();

  ReconcileRecord(Cursors cursors) {
    this.cursors = cursors;
  }

  /**
   * Of one pass.
   *
   * @param covered when the last one that ended began, so that all of before was compared; when the pass was first thought of, if none has ended
   * @param ever whether one has ended
   * @param begun the one under way; null if there is none
   * @param next the day it goes on with; null to begin
   * @param orders compared by the one under way, or the last
   * @param found orders that differed, likewise
   * @param left of them, likewise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Progress(Instant covered, boolean ever, @Nullable Instant begun, @Nullable LocalDate next, long orders, long found, long left) {
    static Progress none(Instant now) {
      return new Progress(now, false, null, null, 0, 0, 0);
    }

    Progress begin(Instant now) {
      return new Progress(covered, ever, now, null, 0, 0, 0);
    }

    /** @param next null if the pass ends with that */
    Progress with(CheckReport report, @Nullable LocalDate next) {
      var orders = this.orders + report.orders();
      var found = this.found + sum(report.found());
      var left = this.left + sum(report.left());
      return next == null && begun != null ? new Progress(begun, true, null, null, orders, found, left) : new Progress(covered, ever, begun, next, orders, found, left);
    }

    private static long sum(Map<?, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** @param rev of the cell, 0 if there is none yet */
  record State(Map<Pass, Progress> passes, long rev) {}

  /** Passes never thought of begin to age {@code now}. @throws StoreUnavailable if the store does not answer */
  State read(int generation, Instant now) {
    var cell = cursors.read(ACCOUNT, consumer(generation));
    var passes = new EnumMap<Pass, Progress>(Pass.class);
    cell.ifPresent(c -> passes.putAll(json.readValue(c.state(), new TypeReference<Map<Pass, Progress>>() {})));
    for (var pass : Pass.values()) passes.putIfAbsent(pass, Progress.none(now));
    return new State(passes, cell.map(Cursors.Cell::rev).orElse(0L));
  }

  /** @return false if another was first @throws StoreUnavailable if that is not known */
  boolean write(int generation, State state) {
    return cursors.replace(ACCOUNT, consumer(generation), state.rev(), json.writeValueAsString(state.passes()));
  }

  private static String consumer(int generation) {
    return "search-reconcile/g" + generation;
  }
}
