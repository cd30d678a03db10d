package shop.orders.search.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import shop.orders.model.OrderKey;
import shop.orders.store.KeptDocument;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.log.LogIds;

/**
 * "Index these ids": reads the orders as they are now and writes their documents. The one way into the index, for live traffic, rebuild
 * and repair alike; doing it twice, late or in any order leaves the newest document. Safe for use by many threads.
 */
public class Indexer implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Indexer.class);

  private final OrderReader reader;
  private final Generations generations;
  private final BulkWriter writer;
  private final DocumentKeeper keeper;
  private final UnreadableOrders unreadableOrders;
  private final IndexRun.Limits limits;
  private final ExecutorService readers;
  private final ExecutorService writers;
  private final Counter skeletons;
  private final Counter unreadable;

  Indexer(OrderReader reader, Generations generations, BulkWriter writer, DocumentKeeper keeper, UnreadableOrders unreadableOrders, IndexRun.Limits limits, MeterRegistry meters) {
    this.reader = reader;
    this.generations = generations;
    this.writer = writer;
    this.keeper = keeper;
    this.unreadableOrders = unreadableOrders;
    this.limits = limits;
    this.readers = threads("index-reader-", limits.readers());
    this.writers = threads("index-writer-", limits.writes());
    this.skeletons = Counter.builder("orders.index.skeletons").description("orders indexed without their content, because it was refused").register(meters);
    this.unreadable = Counter.builder("orders.index.unreadable").description("orders that could not be indexed at all").register(meters);
  }

  private static ExecutorService threads(String name, int size) {
    var number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        size,
        work -> {
          var thread = new Thread(work, name + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Indexes the orders as they are in the store now, into every generation there is; returns when each of them is in, or known not to be possible.
   *
   * @param keys any number; memory is bounded by size, not by how many there are
   * @throws IndexUnavailable if the index does not take them now: do it again, all of it
   * @throws StoreUnavailable if the store does not answer: do it again, all of it
   */
  public IndexReport index(Collection<OrderKey> keys) {
    return index(keys, new Destination.All(generations));
  }

  /**
   * As {@link #index(Collection)}, into one generation alone.
   *
   * @param overwrite whether documents that are in already, in the same version, are written again
   */
  public IndexReport index(Collection<OrderKey> keys, int generation, boolean overwrite) {
    return index(keys, new Destination.One(generation, overwrite));
  }

  /**
   * As {@link #index(Collection)}, into one generation alone, by the documents that were found beside the orders where this program would make
   * such. Those may be behind their orders, so it is for who proves afterwards that the index holds what the store holds.
   */
  public IndexReport indexKept(Collection<KeptDocument> found, int generation) {
    var ready = new ArrayList<OrderReader.Made.Kept>();
    var others = new LinkedHashSet<OrderKey>();
    for (var each : found) DocumentKeeper.ready(each).ifPresentOrElse(ready::add, () -> others.add(each.key()));
    // Each request for few indices: every shard that a request is for costs as much as some ten documents.
    ready.sort(Comparator.comparing(each -> each.content().createdAt()));
    return run(ready, others, new Destination.One(generation, false));
  }

  private IndexReport index(Collection<OrderKey> keys, Destination destination) {
    return run(List.of(), new LinkedHashSet<>(keys), destination);
  }

  private IndexReport run(List<OrderReader.Made.Kept> ready, Set<OrderKey> others, Destination destination) {
    var report = new IndexRun(reader, destination, writer, keeper, limits, readers, writers).index(ready, new ReadsTogether(reader, readers, others), others.size());
    report.skeletons().forEach((key, reason) -> LogIds.during(key, () -> log.warn("order {} is indexed without its content: {}", key, reason)));
    report
        .unreadable()
        .forEach(
            (key, reason) -> {
              LogIds.during(key, () -> log.error("order {} is NOT in the index: {}", key, reason));
              unreadableOrders.add(key, reason);
            });
    skeletons.increment(report.skeletons().size());
    unreadable.increment(report.unreadable().size());
    return report;
  }

  @Override
  public void destroy() {
    readers.shutdownNow();
    writers.shutdownNow();
  }
}
