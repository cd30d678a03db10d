package shop.orders.search.check;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import shop.orders.search.check.Checker.Depth;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.store.StoreUnavailable;

/** Checks an operator asked for: one at a time in this process, in the background. The last one is remembered. Safe for use by many threads. */
class CheckJobs implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(CheckJobs.class);

  private final Checker checker;
  private final Coverage coverage;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            var made = new Thread(work, "index-check");
            made.setDaemon(true);
            return made;
          });
  private volatile @Nullable Job last;

  CheckJobs(Checker checker, Coverage coverage, Clock clock) {
    this.checker = checker;
    this.coverage = coverage;
    this.clock = clock;
  }

  enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * @param completeSince what {@link Coverage} said when it began; null if nothing was sure: what differs may have been on its way
   * @param report so far, while it is running
   * @param reason why it failed, else null
   */
  record Job(
      String id,
      Scope scope,
      Depth depth,
      boolean repair,
      @Nullable Instant completeSince,
      State state,
      Instant begunAt,
      @Nullable Instant endedAt,
      CheckReport report,
      @Nullable String reason) {
    private Job with(CheckReport soFar) {
      return new Job(id, scope, depth, repair, completeSince, state, begunAt, null, soFar, null);
    }

    private Job ended(State how, Instant at, CheckReport report, @Nullable String why) {
      return new Job(id, scope, depth, repair, completeSince, how, begunAt, at, report, why);
    }
  }

  /** Empty if one is running. */
  synchronized Optional<Job> start(Scope scope, Depth depth, boolean repair) {
    if (last != null && last.state() == State.RUNNING) return Optional.empty();
    var nothing = new CheckReport(0, 0, Map.of(), Map.of(), List.of());
    var job = new Job(UUID.randomUUID().toString(), scope, depth, repair, coverage.completeSince().orElse(null), State.RUNNING, clock.instant(), null, nothing, null);
    last = job;
    thread.execute(() -> run(job));
    return Optional.of(job);
  }

  /** The one that runs, or the last that did. */
  Optional<Job> last() {
    return Optional.ofNullable(last);
  }

  private void run(Job job) {
    try {
      var report = checker.check(job.scope(), job.depth(), job.repair(), soFar -> last = job.with(soFar));
      last = job.ended(State.DONE, clock.instant(), report, null);
    } catch (IndexUnavailable | StoreUnavailable | Stopped e) {
      last = job.ended(State.FAILED, clock.instant(), soFar(), e.getMessage());
    } catch (RuntimeException e) {
      log.error("check {} failed", job, e);
      last = job.ended(State.FAILED, clock.instant(), soFar(), e.toString());
    }
  }

  private CheckReport soFar() {
    return Objects.requireNonNull(last).report();
  }

  @Override
  public void destroy() {
    thread.shutdownNow();
  }
}
