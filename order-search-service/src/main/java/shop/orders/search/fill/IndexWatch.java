package shop.orders.search.fill;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.Generations;
import shop.orders.search.index.Generations.Building;
import shop.orders.search.index.Generations.State;
import shop.orders.search.index.IndexName;
import shop.orders.search.index.IndexRecord;
import shop.orders.search.index.IndexRecord.Entry;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indices;
import shop.orders.search.index.Indices.Live;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.status.Measure;

/**
 * Compares the indices there are with those there should be. What is missing is made again, templates and aliases are put back; an index
 * other than the one that was recorded under its name (deleted and made again, restored, Elasticsearch's data lost) is to be filled.
 */
class IndexWatch implements Coverage {
  private static final Logger log = LoggerFactory.getLogger(IndexWatch.class);

  private final Indices indices;
  private final Generations generations;
  private final IndexRecord record;
  private final Filler filler;
  private final Clock clock;
  private final Measure measure;
  private volatile @Nullable Seen seen;
  private boolean troubled;

  IndexWatch(Indices indices, Generations generations, IndexRecord record, Filler filler, Clock clock, MeterRegistry meters, Measure measure) {
    this.indices = indices;
    this.generations = generations;
    this.record = record;
    this.filler = filler;
    this.clock = clock;
    this.measure = measure;
    Gauge.builder("orders.index.fill.indices", this, w -> w.unfilled().size()).description("indices that are not whole yet, as last seen").register(meters);
    Gauge.builder("orders.index.fill.days", this, IndexWatch::daysLeft).description("days of creation still to be filled, in all indices, as last seen").register(meters);
  }

  @Override
  public Optional<Instant> completeSince() {
    var all = seen;
    var known = generations.known();
    if (all == null || known.isEmpty()) return Optional.empty();
    var state = known.get();
    var building = state.building();
    // Said already before the switch, so that no instance claims more than what answers.
    boolean ofBuilding = building != null && (building.generation() == state.read() || building.wholeFrom() != null);
    if (!ofBuilding && state.read() != all.state.read()) return Optional.empty();
    var since =
        ofBuilding
            ? Optional.ofNullable(building.wholeFrom())
            : unfilled(all.entries).stream().max(IndexName::compareTo).map(newest -> all.entries.get(newest).left().plusDays(1)).or(() -> Optional.of(LocalDate.EPOCH));
    return since.map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC)).filter(moment -> !moment.isAfter(clock.instant()));
  }

  @Scheduled(fixedDelayString = "${orders.search.fill.look-every:3s}")
  void look() {
    boolean toBeFilled = false;
    try {
      indices.ensureTemplates();
      var state = generations.fresh();
      var live = repaired(state);
      indices.tune(live);
      SortedMap<IndexName, Entry> read = new TreeMap<>();
      for (var generation : state.kept()) {
        var entries = compared(state, generation, live);
        if (generation == state.read()) read = entries;
        toBeFilled |= !state.isBuilding(generation) && !unfilled(entries).isEmpty();
      }
      seen = new Seen(generations.known().orElse(state), read);
      if (troubled) log.info("the indices can be looked at again");
      troubled = false;
    } catch (IndexUnavailable | StoreUnavailable e) {
      seen = null;
      if (!troubled) log.warn("the indices cannot be looked at, tried again by itself: {}", e.getMessage());
      troubled = true;
      return;
    }
    if (toBeFilled) filler.wake();
    else measure.idle();
    measure.note(lacking());
  }

  /** What lists may lack, for people; null if nothing. */
  private @Nullable String lacking() {
    var since = completeSince();
    if (since.isPresent() && since.get().equals(Instant.EPOCH)) return null;
    var which = since.map(day -> "orders created before " + LocalDate.ofInstant(day, ZoneOffset.UTC)).orElse("orders");
    return which + " may be missing from lists until they are indexed again, newest first";
  }

  /** What there is, after what is missing was made and what is not reachable, or should not be, was put right. */
  private SortedMap<IndexName, Live> repaired(State state) {
    var live = indices.live();
    var wrong = new TreeSet<IndexName>();
    for (var generation : state.kept()) wrong.addAll(record.read(generation).keySet());
    wrong.removeIf(index -> live.containsKey(index) && live.get(index).written());
    live.forEach((index, now) -> { if (!now.written() && state.kept().contains(index.generation())) wrong.add(index); });
    boolean misread = live.entrySet().stream().anyMatch(each -> each.getValue().read() != (each.getKey().generation() == state.read()));
    if (wrong.isEmpty() && !misread) return live;
    if (misread || wrong.stream().anyMatch(index -> index.generation() == state.read())) seen = null; // nothing is sure until it is recorded
    for (var index : wrong) {
      indices.forget(index);
      indices.ensure(index);
    }
    indices.read(generations.fresh().read()); // it may have been switched since
    return indices.live();
  }

  private SortedMap<IndexName, Entry> compared(State state, int generation, SortedMap<IndexName, Live> live) {
    var lost = new AtomicBoolean();
    var entries =
        record.update(
            generation,
            all -> {
              lost.set(false);
              live.forEach(
                  (index, now) -> {
                    if (index.generation() != generation) return;
                    var entry = all.get(index);
                    if (entry != null && now.uuid().equals(entry.uuid())) return;
                    if (entry != null && entry.uuid() != null) lost.set(true);
                    all.put(index, new Entry(now.uuid(), index.lastDay()));
                  });
              return all;
            });
    if (lost.get() && state.isBuilding(generation)) {
      log.warn("an index that is being built was lost: its rebuild begins again");
      generations.update(now -> now.isBuilding(generation) ? now.with(new Building(generation, null, now.building().held(), true)) : now);
    }
    return entries;
  }

  private List<IndexName> unfilled() {
    var all = seen;
    return all == null || all.state.isBuilding(all.state.read()) ? List.of() : unfilled(all.entries);
  }

  private static List<IndexName> unfilled(SortedMap<IndexName, Entry> all) {
    return all.keySet().stream().filter(index -> all.get(index).left() != null).toList();
  }

  private long daysLeft() {
    var all = seen;
    if (all == null) return 0;
    return unfilled().stream().mapToLong(index -> ChronoUnit.DAYS.between(index.firstDay(), all.entries.get(index).left()) + 1).sum();
  }

  /** @param entries of the generation that is read */
  private record Seen(State state, SortedMap<IndexName, Entry> entries) {}
}
