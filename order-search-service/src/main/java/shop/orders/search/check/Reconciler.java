package shop.orders.search.check;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.search.check.Checker.Depth;
import shop.orders.search.check.ReconcileRecord.Progress;
import shop.orders.search.check.ReconcileRecord.State;
import shop.orders.search.fill.Share;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.IndexContents;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.lease.LeasedWork;
import shop.orders.web.status.Measure;

/**
 * Compares the generation that lists read with the store, for ever, and puts right what differs. One instance does it at a time, on one
 * thread; while the index is being filled, or it or the store is away, none does.
 */
class Reconciler implements LeasedWork {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final int ALL = 0;
  private static final Duration LEASE = Duration.ofMinutes(1);

  /** Well below the lease. */
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(15);

  private static final int NEWEST_DAYS = 7;
  private static final int YEAR_DAYS = 365;

  private final Checker checker;
  private final IndexContents contents;
  private final Coverage coverage;
  private final ReconcileRecord record;
  private final Leases leases;
  private final ReconcileProperties properties;
  private final Turns turns;
  private final Clock clock;
  private final Measure measure;
  private final String me = UUID.randomUUID().toString();
  private final AtomicBoolean running = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            var made = new Thread(work, "index-reconciler");
            made.setDaemon(true);
            return made;
          });
  private volatile Map<Pass, Progress> seen = Map.of();
  private volatile boolean troubled;

  Reconciler(
      Checker checker, IndexContents contents, Coverage coverage, ReconcileRecord record, Leases leases, ReconcileProperties properties, Clock clock, MeterRegistry meters, Measure measure) {
    this.checker = checker;
    this.contents = contents;
    this.coverage = coverage;
    this.record = record;
    this.leases = leases;
    this.properties = properties;
    this.turns = new Turns(properties);
    this.clock = clock;
    this.measure = measure;
    for (var pass : Pass.values()) {
      Gauge.builder("orders.search.reconcile.oldest-unchecked-age", () -> age(pass))
          .tag("pass", pass.word())
          .baseUnit("seconds")
          .description("how long ago what this pass compares was compared last, all of it")
          .register(meters);
    }
  }

  private double age(Pass pass) {
    var progress = seen.get(pass);
    return progress == null ? Double.NaN : Duration.between(progress.covered(), clock.instant()).toSeconds();
  }

  @Scheduled(fixedDelayString = "${orders.search.reconcile.look-every:10s}")
  void look() {
    if (!properties.enabled()) measure.idle();
    else if (!thread.isShutdown() && running.compareAndSet(false, true)) thread.execute(this::run);
  }

  @Override
  public void stop() {
    LeasedWork.end(thread);
  }

  private void run() {
    try {
      int generation = contents.readGeneration();
      var state = record.read(generation, clock.instant());
      if (state.rev() == 0) record.write(generation, state); // so that what was never compared grows old
      seen = state.passes();
      measure.idle();
      if (turns.next(state.passes(), clock.instant()).isEmpty() || !isWhole()) return;
      var lease = leases.acquire(Lane.RECONCILE, ALL, me, LEASE);
      if (lease.isEmpty()) return;
      try {
        passes(generation);
      } finally {
        LeasedWork.giveBack(leases, lease.get());
      }
    } catch (Stopped e) {
      log.debug("reconciling stops: {}", e.getMessage());
    } catch (IndexUnavailable | StoreUnavailable e) {
      if (!troubled) log.warn("reconciling waits, goes on by itself: {}", e.getMessage());
      troubled = true;
    } catch (RuntimeException e) {
      if (thread.isShutdown()) return; // whatever it was that is no more
      // What was not compared grows old, which the gauge shows, and is tried again.
      if (!troubled) log.error("reconciling fails, tried again by itself", e);
      troubled = true;
    } finally {
      running.set(false);
    }
  }

  /** An index that is being filled lacks what it lacks, and gets it. */
  private boolean isWhole() {
    return coverage.completeSince().equals(Optional.of(Instant.EPOCH));
  }

  private void passes(int generation) {
    while (isWhole() && contents.readGeneration() == generation) {
      var state = record.read(generation, clock.instant());
      var pass = turns.next(state.passes(), clock.instant());
      if (pass.isEmpty()) return;
      try {
        step(generation, pass.get(), state);
      } catch (RuntimeException e) {
        turns.failed(pass.get(), clock.instant());
        throw e;
      }
      turns.done(pass.get());
      if (troubled) log.info("reconciling goes on");
      troubled = false;
    }
  }

  private void step(int generation, Pass pass, State before) {
    var now = clock.instant();
    var progress = before.passes().get(pass);
    // One that began and is not in steps was broken off; it is begun again.
    if (progress.begun() == null || pass != Pass.CONTENT) progress = progress.begin(now);
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var after =
        switch (pass) {
          case NEWEST -> progress.with(check(generation, today.minusDays(NEWEST_DAYS - 1), null, Depth.CONTENT), null);
          case YEAR -> progress.with(check(generation, today.minusDays(YEAR_DAYS - 1), null, Depth.SUMS), null);
          case ALL -> progress.with(check(generation, null, null, Depth.SUMS), null);
          case CONTENT -> {
            var day = progress.next() == null ? today : progress.next();
            yield progress.with(check(generation, day, day, Depth.CONTENT), beforeThat(generation, day));
          }
        };
    var passes = new EnumMap<>(before.passes());
    passes.put(pass, after);
    if (!record.write(generation, new State(passes, before.rev()))) throw new Stopped("another instance reconciles now");
    seen = passes;
    if (after.begun() == null) {
      log.info("{} orders compared ({}): {} differed, {} still do; took {}", after.orders(), pass.word(), after.found(), after.left(), Duration.between(after.covered(), clock.instant()));
    }
  }

  private CheckReport check(int generation, @Nullable LocalDate from, @Nullable LocalDate to, Depth depth) {
    var report = checker.check(new Scope(generation, null, from, to), depth, true, new Budget());
    if (!report.found().isEmpty()) log.warn("the index differed from the store: {}, still: {}, for example {}", report.found(), report.left(), report.examples());
    return report;
  }

  /** The day after which the pass goes on; null if there is none before. */
  private @Nullable LocalDate beforeThat(int generation, LocalDate day) {
    var indices = contents.indices(generation);
    if (indices.isEmpty() || !day.isAfter(indices.first().firstDay())) return null;
    return day.minusDays(1);
  }

  /** Rests after each piece of work, as long as the load allows, and holds the lease. */
  private final class Budget implements Checker.Watcher {
    private long begun = System.nanoTime();
    private Instant renewed = Instant.EPOCH;

    @Override
    public void worked(CheckReport soFar) {
      measure.done();
      var took = System.nanoTime() - begun;
      try {
        Thread.sleep(Share.rest(took, properties.load()).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Stopped("this instance ends");
      }
      var now = clock.instant();
      if (Duration.between(renewed, now).compareTo(RENEWED_EVERY) > 0) {
        if (leases.acquire(Lane.RECONCILE, ALL, me, LEASE).isEmpty()) throw new Stopped("another instance reconciles now");
        renewed = now;
      }
      begun = System.nanoTime();
    }
  }
}
