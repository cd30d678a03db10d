package shop.orders.search.refill;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indexer;
import shop.orders.search.progress.Handled;
import shop.orders.search.progress.LostEvents;
import shop.orders.store.EventLog.Logged;
import shop.orders.store.EventLog;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.lease.LeasedWork;
import shop.orders.web.log.LogIds;
import shop.orders.web.status.Measure;

/**
 * Indexes what Kafka lost: while {@link LostEvents} is marked, every account's event log from where it was handled to its head. Each page
 * done is kept, so that a crash repeats a page at most; the mark goes when all is done. Live events are indexed at the same time.
 */
class Refill implements LeasedWork {
  private static final Logger log = LoggerFactory.getLogger(Refill.class);
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final LostEvents lost;
  private final Handled handled;
  private final EventLog eventLog;
  private final Leases leases;
  private final Indexer indexer;
  private final int pageSize;
  private final Counter refilled;
  private final Counter absent;
  private final Measure measure;
  private final AtomicLong left = new AtomicLong();
  private final String owner = UUID.randomUUID().toString();
  private boolean waiting;
  private volatile boolean stopped;

  Refill(LostEvents lost, Handled handled, EventLog eventLog, Leases leases, Indexer indexer, RefillProperties properties, MeterRegistry meters, Measure measure) {
    this.lost = lost;
    this.handled = handled;
    this.eventLog = eventLog;
    this.leases = leases;
    this.indexer = indexer;
    this.pageSize = properties.page();
    this.measure = measure;
    this.refilled = Counter.builder("orders.ingest.refill.events").description("events that Kafka lost and the event log gave").register(meters);
    this.absent = Counter.builder("orders.ingest.refill.absent").description("orders the event log names and the store does not have in that version").register(meters);
    Gauge.builder("orders.ingest.refill.left", left, AtomicLong::get).description("events of the account at hand still to be indexed").register(meters);
  }

  @Scheduled(fixedDelayString = "${orders.search.refill.every:5s}")
  void work() {
    try {
      var seen = lost.read();
      if (!seen.pending()) {
        measure.idle();
        return;
      }
      var lease = leases.acquire(Lane.REFILL, 0, owner, LEASE);
      if (lease.isEmpty()) {
        measure.leave();
        return;
      }
      measure.open(seen.since());
      log.info("indexing from the event log what Kafka lost since {}: {}", seen.since(), seen.why());
      try {
        if (all() && lost.clear(seen)) log.info("what Kafka lost is indexed");
        waiting = false;
      } finally {
        LeasedWork.giveBack(leases, lease.get());
      }
    } catch (IndexUnavailable | StoreUnavailable e) {
      if (!waiting) log.warn("indexing what Kafka lost waits, goes on by itself: {}", e.getMessage());
      waiting = true;
    } finally {
      left.set(0);
    }
  }

  /** The page at hand is the last; its lease is given back after it. */
  @Override
  public void stop() {
    stopped = true;
  }

  /** @return whether everything is done; false if another instance is at it, or this one ends */
  private boolean all() {
    for (var account : handled.accounts()) {
      var head = eventLog.head(account); // after the mark was read, so what was lost before it is below
      var position = handled.read(account);
      while (position < head) {
        left.set(head - position);
        if (stopped || leases.acquire(Lane.REFILL, 0, owner, LEASE).isEmpty()) return false;
        var page = eventLog.read(account, position, pageSize);
        if (!page.isEmpty()) index(account, page);
        position = page.isEmpty() ? eventLog.firstKept(account, position) : page.get(page.size() - 1).seq() + 1;
        handled.save(account, position);
        measure.done();
      }
    }
    return true;
  }

  private void index(String account, List<Logged> page) {
    var newest = newest(account, page);
    var report = indexer.index(newest.keySet());
    newest.forEach(
        (key, version) -> {
          if (report.unreadable().containsKey(key) || report.versions().getOrDefault(key, -1L) >= version) return;
          absent.increment();
          LogIds.during(key, () -> log.error("order {} is in the event log in version {}, but not in the store: not indexed", key, version));
        });
    refilled.increment(page.size());
  }

  private static Map<OrderKey, Long> newest(String account, List<Logged> page) {
    var newest = new HashMap<OrderKey, Long>();
    for (var logged : page) newest.merge(new OrderKey(account, logged.entry().orderId()), logged.entry().version(), Math::max);
    return newest;
  }
}
