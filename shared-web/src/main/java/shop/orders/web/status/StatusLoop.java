package shop.orders.web.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.status.HistoryView.ChangeView;
import shop.orders.web.status.StatusHistory.Change;
import shop.orders.web.status.StatusView.CapabilityView;

/**
 * Every few seconds, on a thread of its own: reports what this process does, reads what all others do, and finds out how everything
 * stands. What it found is answered from memory, whatever hangs.
 */
class StatusLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(StatusLoop.class);

  /** The lag takes some reads per account. */
  private static final int LAG_EVERY = 3;

  /** After this what was found is too old to be told. */
  private static final Duration TOO_OLD = Duration.ofSeconds(60);

  private static final int MOST_TOLD = 200;

  private final Measures measures;
  private final Reports reports;
  private final IndexLag lag;
  private final StatusHistory history;
  private final BiConsumer<Evidence, Map<Capability, Standing>> meters;
  private final String service;
  private final Duration every;
  private final Duration canaryEvery;
  private final Clock clock;
  private final Steady steady = new Steady();
  private final String process = UUID.randomUUID().toString();
  private final Instant startedAt;

  private Evidence evidence;
  private int rounds;
  private final Map<Capability, List<Change>> changes = new EnumMap<>(Capability.class);
  private volatile @Nullable StatusView view;
  private volatile HistoryView told = new HistoryView(List.of());
  private volatile @Nullable ScheduledExecutorService thread;

  /** @param meters is told what was found */
  StatusLoop(
      Measures measures, Reports reports, IndexLag lag, StatusHistory history, BiConsumer<Evidence, Map<Capability, Standing>> meters, String service, Duration every, Duration canaryEvery, Clock clock) {
    this.measures = measures;
    this.reports = reports;
    this.lag = lag;
    this.history = history;
    this.meters = meters;
    this.service = service;
    this.every = every;
    this.canaryEvery = canaryEvery;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.evidence = new Evidence(startedAt, null, List.of(), null);
  }

  /** How everything stood a few seconds ago. */
  StatusView view() {
    var found = view;
    if (found != null && !found.lookedAt().isBefore(clock.instant().minus(TOO_OLD))) return found;
    var nothing = new Sentences(Map.of(), clock.instant());
    var unknown = Arrays.stream(Capability.values()).map(each -> CapabilityView.of(each, State.UNKNOWN, null, nothing.of(each))).toList();
    return new StatusView(found == null ? startedAt : found.lookedAt(), service, unknown);
  }

  /** The newest changes of state. */
  HistoryView history() {
    return told;
  }

  void round() {
    try {
      look();
      var seen = Board.look(evidence, clock.instant(), canaryEvery);
      if (evidence.storeAwaySince() == null) begin();
      var changed = new EnumMap<Capability, Standing>(Capability.class);
      for (var capability : Capability.values()) {
        var standing = steady.see(capability, seen.get(capability));
        if (standing != null) changed.put(capability, standing);
      }
      changed.forEach(this::tell); // once all are known: what is said of one says what else is affected
      if (evidence.storeAwaySince() == null) agree();
      show();
    } catch (RuntimeException e) { // a status that stands still unseen would be worse than any it could tell
      log.error("the status could not be found out, is tried again in {}", every, e);
    }
  }

  /** Reports first: what this process does is part of what is to be seen. */
  private void look() {
    var before = evidence;
    try {
      reports.write(new Report(service, process, startedAt, clock.instant(), measures.read()));
      var all = reports.read(clock.instant());
      var unindexed = rounds++ % LAG_EVERY == 0 ? lag.look() : before.unindexedSince();
      evidence = new Evidence(startedAt, null, all, unindexed);
      if (before.storeAwaySince() != null) log.info("progress is reported and seen again");
    } catch (StoreUnavailable e) {
      storeIsAway(e);
    }
  }

  private void storeIsAway(StoreUnavailable e) {
    if (evidence.storeAwaySince() != null) return;
    log.warn("progress can be neither reported nor seen: {}", e.getMessage());
    evidence = new Evidence(startedAt, clock.instant(), evidence.reports(), evidence.unindexedSince());
  }

  /** With what was known before this process began. */
  private void begin() {
    if (!changes.isEmpty()) return;
    try {
      for (var capability : Capability.values()) {
        var kept = history.kept(capability);
        if (!kept.isEmpty()) steady.begin(capability, kept.get(kept.size() - 1).standing());
        changes.put(capability, kept);
      }
    } catch (StoreUnavailable e) {
      changes.clear();
      storeIsAway(e);
    }
  }

  private void tell(Capability capability, Standing changed) {
    history.changed(capability, change(capability, changed));
    if (capability.isOffered()) log.info("{} is {} now{}", capability.word(), changed.state(), changed.cause().isEmpty() ? "" : ": " + changed.cause());
  }

  private void agree() {
    try {
      steady.all().forEach(
          (capability, mine) -> {
            var agreed = history.agree(capability, change(capability, mine));
            changes.put(capability, agreed);
            if (agreed.isEmpty()) return;
            var last = agreed.get(agreed.size() - 1);
            if (last.state() == mine.state()) steady.since(capability, new Standing(mine.state(), last.since(), mine.cause()));
          });
    } catch (StoreUnavailable e) {
      storeIsAway(e);
    }
  }

  private Change change(Capability capability, Standing standing) {
    return new Change(standing.state(), standing.since(), standing.cause(), new Sentences(steady.all(), clock.instant()).of(capability));
  }

  private void show() {
    var now = clock.instant();
    var all = steady.all();
    var sentences = new Sentences(all, now);
    var views = new ArrayList<CapabilityView>();
    for (var capability : Capability.values()) {
      var standing = all.get(capability);
      views.add(CapabilityView.of(capability, standing == null ? State.UNKNOWN : standing.state(), standing == null ? null : standing.since(), sentences.of(capability)));
    }
    view = new StatusView(now, service, List.copyOf(views));
    var newest = new ArrayList<ChangeView>();
    changes.forEach((capability, list) -> {
      if (capability.isOffered()) list.forEach(change -> newest.add(new ChangeView(capability.word(), change.state(), change.since(), change.sentence())));
    });
    Collections.reverse(newest); // of the same moment the later one comes first, too
    newest.sort(Comparator.comparing(ChangeView::since).reversed());
    told = new HistoryView(List.copyOf(newest.subList(0, Math.min(MOST_TOLD, newest.size()))));
    meters.accept(evidence, all);
  }

  @Override
  public void start() {
    var started = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("status-"));
    started.scheduleWithFixedDelay(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    thread = started;
  }

  @Override
  public void stop() {
    var running = thread;
    if (running != null) running.shutdownNow();
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
