package shop.orders.search.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexContents;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.PageShown;
import shop.orders.store.StoreUnavailable;

/**
 * Compares the rows a list has just shown with the headers in the store: what is behind, and still is when it has had its time to come, is
 * indexed again. Nobody waits for it: pages that come faster than they may be compared are dropped.
 */
class ReadRepair implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ReadRepair.class);
  private static final int PAGES = 64;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final IndexContents contents;
  private final StoreContents store;
  private final Inspection inspection;
  private final Repairs repairs;
  private final ReadRepairProperties properties;
  private final Duration patience;
  private final Clock clock;
  private final Counter compared;
  private final Counter dropped;
  private final Counter differed;
  private final Counter repaired;

  private final BlockingQueue<PageShown> pages = new ArrayBlockingQueue<>(PAGES);

  /** Document ids and when they were first found behind, oldest first; the worker's alone. */
  private final Map<String, Instant> behind = new LinkedHashMap<>();

  private volatile @Nullable Thread worker;

  ReadRepair(
      IndexContents contents, StoreContents store, Inspection inspection, Repairs repairs, ReadRepairProperties properties, Duration patience, Clock clock, MeterRegistry meters) {
    this.contents = contents;
    this.store = store;
    this.inspection = inspection;
    this.repairs = repairs;
    this.properties = properties;
    this.patience = patience;
    this.clock = clock;
    this.compared = rows(meters, "compared");
    this.dropped = rows(meters, "dropped");
    this.differed = rows(meters, "differed");
    this.repaired = rows(meters, "repaired");
  }

  private static Counter rows(MeterRegistry meters, String outcome) {
    return Counter.builder("orders.search.read-repair").tag("outcome", outcome).description("rows shown by lists, by what became of comparing them").register(meters);
  }

  @EventListener
  void shown(PageShown page) {
    if (isRunning() && !page.versions().isEmpty() && !pages.offer(page)) dropped.increment(page.versions().size());
  }

  @Override
  public void start() {
    if (!properties.enabled()) return;
    var thread = new Thread(this::work, "read-repair");
    thread.setDaemon(true);
    worker = thread;
    thread.start();
  }

  @Override
  public void stop() {
    var thread = worker;
    if (thread != null) thread.interrupt();
    worker = null;
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }

  private void work() {
    while (Thread.currentThread().equals(worker)) {
      try {
        var page = pages.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (page != null) {
          compare(page);
          Thread.sleep(Duration.ofSeconds(1).multipliedBy(page.versions().size()).dividedBy(properties.rowsPerSecond()).toMillis());
        }
        putRight();
      } catch (InterruptedException | Stopped e) {
        return;
      } catch (IndexUnavailable | StoreUnavailable e) {
        // Reconciling comes to them all.
        log.debug("rows shown are not compared: {}", e.getMessage());
        behind.clear();
      } catch (RuntimeException e) {
        if (!isRunning()) return; // whatever it was that is no more
        log.error("rows shown cannot be compared", e);
        behind.clear();
      }
    }
  }

  private void compare(PageShown page) {
    var keys = new LinkedHashMap<OrderKey, Long>();
    page.versions().forEach((orderId, version) -> keys.put(new OrderKey(page.account(), orderId), version));
    var headers = store.headers(keys.keySet());
    compared.increment(keys.size());
    var now = clock.instant();
    keys.forEach(
        (key, version) -> {
          var header = headers.get(key);
          if ((header == null || header.version() > version) && behind.size() < Inspection.MOST) behind.putIfAbsent(key.toString(), now);
        });
  }

  private void putRight() {
    var over = clock.instant().minus(patience);
    List<String> due = new ArrayList<>();
    behind.forEach((id, since) -> { if (since.isBefore(over)) due.add(id); });
    if (due.isEmpty()) return;
    due.forEach(behind::remove);
    int generation = contents.readGeneration();
    var found = inspection.inspect(generation, due);
    if (found.isEmpty()) return;
    differed.increment(found.size());
    log.warn("rows that lists showed differed from the store: {}", found.values().stream().limit(10).toList());
    repairs.repair(generation, found, finding -> repaired.increment());
  }
}
