package shop.orders.search.fill;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.OrderKey;
import shop.orders.search.index.Generations;
import shop.orders.search.index.IndexName;
import shop.orders.search.index.IndexRecord.Entry;
import shop.orders.search.index.IndexRecord;
import shop.orders.search.index.Indexer;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.OrderDays;
import shop.orders.store.Settings;
import shop.orders.web.lease.LeasedWork;
import shop.orders.web.status.Measure;

/**
 * Indexes every order of the indices that are not whole yet: newest index first, newest day first, on from the day it had come to. One
 * instance does it at a time, on one thread; live traffic goes on beside it.
 */
class Filler implements LeasedWork {
  private static final Logger log = LoggerFactory.getLogger(Filler.class);
  private static final int ALL = 0;
  private static final Duration LEASE = Duration.ofMinutes(1);

  /** Between two lines in the log, and well below the lease. */
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

  private final Indexer indexer;
  private final Generations generations;
  private final IndexRecord record;
  private final OrderDays days;
  private final Settings settings;
  private final Leases leases;
  private final FillProperties properties;
  private final Clock clock;
  private final Counter orders;
  private final Measure measure;
  private final String me = UUID.randomUUID().toString();
  private final AtomicBoolean running = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            var made = new Thread(work, "index-filler");
            made.setDaemon(true);
            return made;
          });

  Filler(
      Indexer indexer,
      Generations generations,
      IndexRecord record,
      OrderDays days,
      Settings settings,
      Leases leases,
      FillProperties properties,
      Clock clock,
      MeterRegistry meters,
      Measure measure) {
    this.indexer = indexer;
    this.generations = generations;
    this.record = record;
    this.days = days;
    this.settings = settings;
    this.leases = leases;
    this.properties = properties;
    this.clock = clock;
    this.measure = measure;
    this.orders = Counter.builder("orders.index.fill.orders").description("orders that were indexed because their index was not whole").register(meters);
  }

  /** Something is to be filled. Does nothing while this or another instance is at it. */
  void wake() {
    if (!thread.isShutdown() && running.compareAndSet(false, true)) thread.execute(this::run);
  }

  @Override
  public void stop() {
    LeasedWork.end(thread);
  }

  private void run() {
    try {
      var lease = leases.acquire(Lane.FILL, ALL, me, LEASE);
      if (lease.isEmpty()) {
        measure.leave();
        return;
      }
      measure.open(clock.instant());
      try {
        patience().until("the record of indices", this::fillAll);
        measure.idle();
      } finally {
        LeasedWork.giveBack(leases, lease.get());
      }
    } catch (Patience.Stopped e) {
      log.debug("filling stops: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.warn("filling stops, begun again by itself: {}", e.toString());
    } finally {
      running.set(false);
    }
  }

  private void fillAll() {
    while (true) {
      var state = generations.fresh();
      var all = new TreeMap<IndexName, Entry>();
      for (var generation : state.kept()) if (!state.isBuilding(generation)) all.putAll(record.read(generation));
      // What was never seen in Elasticsearch is made first, by whoever looks.
      var newest = all.keySet().stream().filter(index -> all.get(index).uuid() != null && all.get(index).left() != null).max(Comparator.comparing(IndexName::firstDay));
      if (newest.isEmpty()) return;
      new Fill(newest.get(), all.get(newest.get())).run();
    }
  }

  /** Of one index. */
  private final class Fill {
    private final IndexName index;
    private final String uuid;
    private LocalDate day;
    private long done;
    private long doneThatDay;
    private final List<OrderKey> batch = new ArrayList<>();
    private Instant said = clock.instant();
    private Instant leased = clock.instant();

    Fill(IndexName index, Entry entry) {
      this.index = index;
      this.uuid = Objects.requireNonNull(entry.uuid());
      this.day = Objects.requireNonNull(entry.left());
    }

    /** Until it is whole, or another index than the one it began with. */
    void run() {
      var begun = clock.instant();
      log.info("index {} is filled from the store, newest day first, from {} on", index, day);
      while (true) {
        patience().until("index " + index + ", " + day, this::fillDay);
        done += doneThatDay;
        measure.done();
        boolean last = day.equals(index.firstDay());
        if ((last || doneThatDay > 0) && !keep(last ? null : day.minusDays(1))) {
          log.info("index {} is another one by now, its filling begins again", index);
          return;
        }
        if (last) break;
        day = day.minusDays(1);
      }
      log.info("index {} is whole: {} orders in {}", index, done, Duration.between(begun, clock.instant()));
    }

    private boolean keep(@Nullable LocalDate left) {
      var all =
          record.update(
              index.generation(),
              entries -> {
                entries.computeIfPresent(index, (name, entry) -> uuid.equals(entry.uuid()) ? new Entry(uuid, left) : entry);
                return entries;
              });
      return all.containsKey(index) && uuid.equals(all.get(index).uuid());
    }

    private void fillDay() {
      batch.clear();
      doneThatDay = 0;
      for (var account : accounts()) {
        stayOn();
        days.read(
            account,
            day,
            created -> {
              batch.add(created.key());
              if (batch.size() == properties.batch()) indexBatch();
            });
      }
      if (!batch.isEmpty()) indexBatch();
    }

    private void indexBatch() {
      long took = patience().until("index " + index + ", " + day, () -> indexer.index(batch));
      doneThatDay += batch.size();
      orders.increment(batch.size());
      measure.done();
      batch.clear();
      stayOn();
      Patience.rest(Share.rest(took, properties.load()));
    }

    private void stayOn() {
      var now = clock.instant();
      if (Duration.between(leased, now).compareTo(NOW_AND_THEN) > 0) {
        renew();
        leased = now;
      }
      if (Duration.between(said, now).compareTo(NOW_AND_THEN) > 0) {
        log.info("index {} is filled down to {}, {} orders so far", index, day, done + doneThatDay);
        said = now;
      }
    }
  }

  private void renew() {
    if (leases.acquire(Lane.FILL, ALL, me, LEASE).isEmpty()) throw new Patience.Stopped("another instance fills now");
  }

  private Iterable<String> accounts() {
    return new TreeSet<>(settings.list(Settings.Kind.ACCOUNT, "").keySet());
  }

  private Patience patience() {
    return new Patience(properties.longestPause(), this::renew);
  }
}
