package shop.orders.search.fill;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.IndexName;
import shop.orders.search.index.IndexRecord;
import shop.orders.search.index.IndexRecord.Entry;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indices;
import shop.orders.search.index.Indices.Live;
import shop.orders.store.StoreUnavailable;

/**
 * Compares the indices there are with those there should be. What is missing is made again, templates and aliases are put back; an index
 * other than the one that was recorded under its name (deleted and made again, restored, Elasticsearch's data lost) is to be filled.
 */
class IndexWatch implements Coverage {
  private static final Logger log = LoggerFactory.getLogger(IndexWatch.class);

  private final Indices indices;
  private final IndexRecord record;
  private final Filler filler;
  private final Clock clock;
  private volatile @Nullable SortedMap<IndexName, Entry> seen;
  private boolean troubled;

  IndexWatch(Indices indices, IndexRecord record, Filler filler, Clock clock, MeterRegistry meters) {
    this.indices = indices;
    this.record = record;
    this.filler = filler;
    this.clock = clock;
    Gauge.builder("orders.index.fill.indices", this, w -> w.unfilled().size()).description("indices that are not whole yet, as last seen").register(meters);
    Gauge.builder("orders.index.fill.days", this, IndexWatch::daysLeft).description("days of creation still to be filled, in all indices, as last seen").register(meters);
  }

  @Override
  public Optional<Instant> completeSince() {
    var all = seen;
    if (all == null) return Optional.empty();
    return unfilled(all).stream()
        .max(IndexName::compareTo)
        .map(newest -> all.get(newest).left().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC))
        .or(() -> Optional.of(Instant.EPOCH))
        .filter(since -> !since.isAfter(clock.instant()));
  }

  @Scheduled(fixedDelayString = "${orders.search.fill.look-every:3s}")
  void look() {
    try {
      indices.ensureTemplates();
      var live = repaired();
      seen = record.update(all -> compared(all, live));
      if (troubled) log.info("the indices can be looked at again");
      troubled = false;
    } catch (IndexUnavailable | StoreUnavailable e) {
      seen = null;
      if (!troubled) log.warn("the indices cannot be looked at, tried again by itself: {}", e.getMessage());
      troubled = true;
      return;
    }
    if (!unfilled().isEmpty()) filler.wake();
  }

  /** What there is, after what is missing was made and what is not reachable was put right. */
  private SortedMap<IndexName, Live> repaired() {
    var live = indices.live();
    var wrong = new TreeSet<>(record.read().keySet());
    wrong.addAll(live.keySet());
    wrong.removeIf(index -> live.containsKey(index) && live.get(index).reachable());
    if (wrong.isEmpty()) return live;
    seen = null; // nothing is sure until it is recorded
    for (var index : wrong) {
      indices.forget(index);
      indices.ensure(index);
    }
    return indices.live();
  }

  private static SortedMap<IndexName, Entry> compared(SortedMap<IndexName, Entry> all, SortedMap<IndexName, Live> live) {
    live.forEach(
        (index, state) -> {
          var entry = all.get(index);
          if (entry == null || !state.uuid().equals(entry.uuid())) all.put(index, new Entry(state.uuid(), index.lastDay()));
        });
    return all;
  }

  private List<IndexName> unfilled() {
    var all = seen;
    return unfilled(all == null ? new TreeMap<>() : all);
  }

  private static List<IndexName> unfilled(SortedMap<IndexName, Entry> all) {
    return all.keySet().stream().filter(index -> all.get(index).left() != null).toList();
  }

  private long daysLeft() {
    var all = seen;
    if (all == null) return 0;
    return unfilled(all).stream().mapToLong(index -> ChronoUnit.DAYS.between(index.firstDay(), all.get(index).left()) + 1).sum();
  }
}
