package shop.orders.search.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.OrderKey;
import shop.orders.search.check.CheckReport;
import shop.orders.search.check.Checker;
import shop.orders.search.check.Scope;
import shop.orders.search.check.StoreSums;
import shop.orders.search.fill.Patience;
import shop.orders.search.index.Generations.Building;
import shop.orders.search.index.IndexName;
import shop.orders.search.index.IndexRecord.Entry;
import shop.orders.search.index.IndexReport;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indices.Condition;
import shop.orders.search.rebuild.Rebuild.Status;
import shop.orders.store.KeptDocument;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;

/** Takes a rebuild from where it is to its end, or to where it may not go on. For one thread and one use. */
final class RebuildRun {
  private static final Logger log = LoggerFactory.getLogger(RebuildRun.class);

  /** Wave 2 goes so far back: "this year" as of any day, for on the second of January a year is two days. */
  static final int YEAR_DAYS = 365;

  /** No order is older. */
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  private static final int LAST_WAVE = 3;

  /** Live traffic repairs what is on its way; what differs that often does so for another reason. */
  private static final int CHECKS = 3;
  private static final Duration LOOK_AT_WORKFLOW = Duration.ofSeconds(1);

  /** It is said how far back all is there at each so many looks: each time what was written is made searchable, in small pieces that are merged again later. */
  private static final int LOOKS_PER_CLAIM = 40;

  /** The workflow is looked at less often than the point reached is written down: it takes some seconds to show what has changed. */
  private static final int LOOKS_PER_MEASURE = 8;

  private final RebuildTools tools;
  private final Runnable stayOn;
  private final Rebuild rebuild;
  private final Clock clock;
  private final RebuildProperties properties;
  private final Ledger ledger;
  private final Workers workers;
  private final WorkflowLatency latency;
  private final LastSigns signs;
  private Throttle throttle;
  private @Nullable LocalDate wholeFrom;
  private @Nullable DaysWave reaching;
  private @Nullable StoreSums stored;
  private int looks;
  private boolean troubled;

  /** @param stayOn throws {@link Patience.Stopped} if another instance works on it by now */
  RebuildRun(Rebuild rebuild, RebuildTools tools, Runnable stayOn) {
    this.rebuild = rebuild;
    this.tools = tools;
    this.stayOn = stayOn;
    this.clock = tools.clock();
    this.properties = tools.properties();
    this.ledger = new Ledger(rebuild.progress(), clock);
    this.workers = new Workers(properties.saveEvery(), this::look);
    this.latency = new WorkflowLatency(tools.log(), List.copyOf(accounts()), clock);
    this.signs = new LastSigns(properties.deadAfter(), clock);
    this.throttle = Throttle.goingOn(properties.load(), Limits.fine(properties), rebuild.progress().pressure());
  }

  /** Something was lost, or passed by: everything once more. */
  private static final class Again extends RuntimeException {}

  /** @throws Patience.Stopped if it may not go on here */
  void run() {
    if (rebuild.isInPlace()) {
      inPlace();
      return;
    }
    while (true) {
      try {
        whole();
        return;
      } catch (Again e) {
        log.warn("the rebuild begins again");
      }
    }
  }

  /** Documents of one account, or of some days, are written again where they are, also those of the same version. */
  private void inPlace() {
    if (ledger.wave() == 0) {
      baseline(Duration.ZERO);
      ledger.begins(tools.generations().fresh().read(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), Map.of());
    }
    if (ledger.wave() == 1) {
      var oldest = rebuild.since() != null ? rebuild.since() : oldest(ledger.generation());
      var accounts = rebuild.account() == null ? accounts() : Set.of(rebuild.account());
      index(new DaysWave(tools.days(), accounts, today().plusDays(1), oldest, true), keys -> tools.indexer().index(keys, ledger.generation(), true));
      prove(new Scope(ledger.generation(), rebuild.account(), oldest, null));
      proven();
    }
    end();
  }

  /** The record names every index that should exist, so no order is older than the first. */
  private LocalDate oldest(int generation) {
    return tools.record().read(generation).keySet().stream().findFirst().map(IndexName::firstDay).orElse(EARLIEST);
  }

  private void whole() {
    begin();
    var oldestOfYear = today().minusDays(YEAR_DAYS);
    var recent = today().minusDays(RecentWave.DAYS);
    if (ledger.wave() == 1) {
      var wave = new RecentWave(tools.log(), tools.days(), ledger.logs(), recent.atStartOfDay().toInstant(ZoneOffset.UTC), today());
      index(wave, this::index);
      prove(wave);
      // What is claimed shrinks before what answers does.
      patiently("saying what is complete", () -> wholeFrom(recent));
      patiently("the new indices' settings", () -> tools.indices().tune(tools.indices().live()));
      compare(recent);
      waitForAll();
      patiently("the switch to the new generation", () -> switchOver(true));
      proven();
    }
    if (ledger.wave() == 2) {
      var wave = new DaysWave(tools.days(), accounts(), recent.minusDays(1), oldestOfYear, false);
      reaching = wave;
      index(wave, this::index);
      prove(new Scope(ledger.generation(), null, oldestOfYear, null));
      reaching = null;
      patiently("saying what is complete", () -> wholeFrom(oldestOfYear));
      proven();
    }
    if (ledger.wave() == 3) {
      index(new ScanWave(tools.scan(), oldestOfYear.atStartOfDay().toInstant(ZoneOffset.UTC)), this::index);
      prove(new Scope(ledger.generation(), null, null, oldestOfYear.minusDays(1)));
      proven();
    }
    patiently("the end of the rebuild", this::finish);
    end();
  }

  /** Sees to it that there is a generation, that every instance writes to it, and that the waves begin if they are to. */
  private void begin() {
    var state = tools.generations().update(all -> all.building() == null && ledger.generation() == 0 ? all.begun() : all);
    var building = state.building();
    if (building == null && ledger.wave() > LAST_WAVE) return; // all is done but saying so
    if (building == null) throw new Patience.Stopped("its generation was given up");
    if (ledger.wave() > 0 && !building.again()) {
      wholeFrom = building.wholeFrom();
      return;
    }
    wholeFrom = null;
    stored = null;
    tools.generations().update(all -> all.isBuilding(building.generation()) ? all.with(new Building(building.generation(), null, false, all.building().again())) : all);
    baseline(tools.generations().knownWithin());
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var logs = RecentWave.spans(tools.log(), accounts(), today.minusDays(RecentWave.DAYS).atStartOfDay().toInstant(ZoneOffset.UTC));
    ledger.begins(building.generation(), today, logs);
    save();
    tools.generations().update(all -> all.isBuilding(building.generation()) ? all.with(new Building(building.generation(), null, false, false)) : all);
    log.info("generation {} is built in three waves", building.generation());
  }

  /** Measures the workflow as it is without a rebuild, if that was not done yet. */
  private void baseline(Duration howLong) {
    long end = System.nanoTime() + howLong.toNanos();
    var before = latency.look();
    while (System.nanoTime() < end) {
      Patience.rest(LOOK_AT_WORKFLOW);
      stayOn.run();
      before = latency.look();
    }
    if (ledger.pressure() != null) return;
    throttle = new Throttle(properties.load(), Limits.fine(properties).after(before, tools.search().lately()), before.isPresent());
    ledger.under(throttle.now());
  }

  private void waitForAll() {
    look();
    Patience.rest(tools.generations().knownWithin());
    look();
  }

  private IndexReport index(List<OrderKey> keys) {
    return tools.indexer().index(keys, ledger.generation(), false);
  }

  private void index(Wave wave, Function<List<OrderKey>, IndexReport> byKey) {
    var parts = ledger.begins(wave);
    log.info("wave {}: {}", ledger.wave(), wave.what());
    look();
    work(wave, parts, keys -> indexed(byKey.apply(keys)), kept -> indexed(tools.indexer().indexKept(kept, ledger.generation())));
  }

  private IndexReport indexed(IndexReport report) {
    ledger.indexed(report);
    tools.meters().wrote(report.orders());
    return report;
  }

  private void work(Wave wave, Parts parts, Function<List<OrderKey>, IndexReport> byKey, Function<List<KeptDocument>, IndexReport> kept) {
    workers.run(properties.threads(), () -> new Batch(wave, parts, properties.batch(), properties.longestPause(), throttle, byKey, kept).work());
  }

  /** The first wave is not of whole days, so it is its orders that are looked for. */
  private void prove(RecentWave wave) {
    ledger.proving();
    wave.again();
    var proof = new RecentProof(tools.store(), tools.indexed(), tools.indexer(), ledger.generation());
    patiently("the proof of the first wave", proof::begin);
    Function<List<OrderKey>, IndexReport> look = keys -> ledger.repaired(proof.look(keys));
    work(wave, new Parts(wave.parts(), null), look, kept -> look.apply(kept.stream().map(KeptDocument::key).toList()));
    lookedAfter("the end of the first wave's proof", () -> ledger.repaired(proof.end()));
  }

  private void prove(Scope scope) {
    var checker = tools.checker().getIfAvailable();
    if (checker == null) {
      log.warn("wave {} is not compared with the store: there is nothing that does", ledger.wave());
      return;
    }
    ledger.proving();
    for (int checks = 1; ; checks++) {
      var report = new AtomicReference<CheckReport>();
      lookedAfter("the proof of wave " + ledger.wave(), () -> report.set(compared(scope, checker)));
      var found = report.get();
      log.info("wave {} is compared with the store: {}", ledger.wave(), found);
      if (found.isClean()) return;
      stored = null;
      if (checks == CHECKS) pause("wave " + ledger.wave() + " is not proven, orders differ from the store: " + found.left() + ", some are " + found.examples());
    }
  }

  /** The third wave by what was read for the second: what changed since is in this generation as it is in the one that was read before. */
  private CheckReport compared(Scope scope, Checker checker) {
    if (rebuild.isInPlace()) return checker.check(scope, Checker.Depth.SUMS, true, soFar -> {});
    if (stored == null) stored = checker.stored(throttle.atOnce(properties.threads()));
    return checker.check(scope, stored);
  }

  private void proven() {
    ledger.proven();
    look();
  }

  private void wholeFrom(LocalDate day) {
    if (wholeFrom != null && !day.isBefore(wholeFrom)) return;
    int generation = ledger.generation();
    tools.indexed().settle(generation); // indices being filled show what they got only now and then
    tools
        .generations()
        .update(
            all -> {
              var building = all.building();
              return building == null || building.generation() != generation || building.again() ? all : all.with(new Building(generation, day, building.held(), false));
            });
    wholeFrom = day;
  }

  /** Lists read the new generation, complete or not, if what they read now is dead. */
  private void leaveDead() {
    int read = tools.generations().fresh().read();
    if (read == ledger.generation() || tools.record().read(read).isEmpty() || !signs.isDead(condition(read))) return;
    var why = "generation " + read + " can be read no more, so lists are not compared with it, and come from generation " + ledger.generation() + " as far as that is";
    log.warn("{}", why);
    tools.rebuilds().update(now -> isThis(now) && now.status() == Status.RUNNING ? now.with(Status.RUNNING, why, null) : now);
    switchOver(false);
  }

  private @Nullable Condition condition(int generation) {
    try {
      return tools.indices().condition(generation);
    } catch (IndexUnavailable e) {
      log.debug("generation {} cannot be looked at: {}", generation, e.getMessage());
      return null;
    }
  }

  /** Given up if the generation that is read dies meanwhile, which is seen between tries. */
  private void compare(LocalDate from) {
    var compared = new AtomicBoolean();
    patiently(
        "the comparison of lists",
        () -> {
          int read = tools.generations().fresh().read();
          if (read == ledger.generation()) return;
          tools.indexed().settle(read);
          tools.indexed().settle(ledger.generation());
          ledger.differ(new Comparison(tools.search()).differences(read, ledger.generation(), from.atStartOfDay().toInstant(ZoneOffset.UTC)));
          compared.set(true);
        });
    if (!compared.get() || ledger.differences().isEmpty()) return;
    ledger.differences().forEach(difference -> log.warn("the new generation answers differently: {}", difference));
    if (rebuild.strict()) pause("lists are answered differently; resume to switch all the same");
  }

  private void switchOver(boolean keep) {
    int generation = ledger.generation();
    var now = clock.instant();
    var state = tools.generations().update(all -> all.isBuilding(generation) && !all.building().again() ? all.switched(now, keep) : all);
    if (state.read() != generation) throw new Again();
    tools.indices().read(generation);
    ledger.switched();
  }

  /** From here on the new indices are like any others. */
  private void finish() {
    int generation = ledger.generation();
    var live = tools.indices().live();
    tools
        .record()
        .update(
            generation,
            all -> {
              live.forEach(
                  (index, now) -> {
                    if (index.generation() != generation) return;
                    var entry = all.get(index);
                    // One that is another by now is not what was proven.
                    if (entry == null || entry.uuid() == null || entry.uuid().equals(now.uuid())) all.put(index, new Entry(now.uuid(), null));
                  });
              return all;
            });
    var state = tools.generations().update(all -> all.isBuilding(generation) && !all.building().again() ? all.with(null) : all);
    if (state.building() != null) throw new Again();
    tools.indices().tune(tools.indices().live());
  }

  private void end() {
    var progress = ledger.snapshot();
    tools.rebuilds().update(kept -> isThis(kept) && kept.status() == Status.RUNNING ? kept.with(progress).with(Status.DONE, null, clock.instant()) : kept);
    log.info("the rebuild is done: {}", progress.waves());
  }

  /** As {@link #patiently}, for what takes long: on a thread of its own, while this one keeps the lease and hears what the operator says. */
  private void lookedAfter(String what, Runnable work) {
    workers.run(1, () -> new Patience(properties.longestPause(), () -> {}).until(what, work));
  }

  /** Does it until it is done; between tries the lease is kept and what the operator says is heard. */
  private void patiently(String what, Runnable work) {
    var again = new AtomicBoolean();
    new Patience(properties.longestPause(), this::look)
        .until(
            what,
            () -> {
              try {
                work.run();
              } catch (Again e) {
                again.set(true);
              }
            });
    if (again.get()) throw new Again();
  }

  /** @throws Patience.Stopped if it may not go on here @throws Again if it has to begin again */
  private void look() {
    try {
      stayOn.run();
      if (++looks % LOOKS_PER_MEASURE == 0) throttle.measured(latency.look(), tools.search().lately());
      ledger.under(throttle.now());
      tools.meters().under(throttle.now());
      save();
      if (!rebuild.isInPlace()) lookAtGeneration();
      if (!rebuild.isInPlace() && looks % LOOKS_PER_MEASURE == 1 && ledger.wave() == 1) leaveDead(); // at once, and while the wave is written
      if (looks % LOOKS_PER_CLAIM == 0 && reaching != null && ledger.reached() > 0) wholeFrom(reaching.reached(ledger.reached()));
      if (troubled) log.info("the point reached can be told again");
      troubled = false;
    } catch (StoreUnavailable | IndexUnavailable e) {
      if (!troubled) log.warn("the point reached cannot be told now, tried again by itself: {}", e.getMessage());
      troubled = true;
    }
  }

  private void lookAtGeneration() {
    var building = tools.generations().fresh().building();
    if (ledger.wave() > LAST_WAVE) return;
    if (building == null || building.generation() != ledger.generation()) throw new Patience.Stopped("its generation was given up");
    if (building.held()) pause("generation " + building.generation() + " takes no writes, so changes pass it by; resumed, the rebuild begins again");
    if (building.again()) throw new Again();
  }

  private void save() {
    var progress = ledger.snapshot();
    var kept = tools.rebuilds().update(now -> isThis(now) && now.isOpen() ? now.with(progress) : now);
    if (!isThis(kept) || kept.status() != Status.RUNNING) throw new Patience.Stopped("it is " + kept.status());
  }

  private void pause(String why) {
    var progress = ledger.snapshot();
    tools.rebuilds().update(now -> isThis(now) && now.status() == Status.RUNNING ? now.with(progress).with(Status.PAUSED, why, null) : now);
    throw new Patience.Stopped(why);
  }

  private boolean isThis(@Nullable Rebuild other) {
    return other != null && other.id().equals(rebuild.id());
  }

  private LocalDate today() {
    return Objects.requireNonNull(ledger.today());
  }

  private Set<String> accounts() {
    return new TreeSet<>(tools.settings().list(Settings.Kind.ACCOUNT, "").keySet());
  }
}
