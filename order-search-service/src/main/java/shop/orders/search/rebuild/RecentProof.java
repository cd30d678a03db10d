package shop.orders.search.rebuild;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexReport;
import shop.orders.search.index.IndexedVersions;
import shop.orders.search.index.Indexer;
import shop.orders.store.OrderStore;

/**
 * Whether orders are in a generation in the version the store has, or a newer one; those that are not are indexed. Orders are looked at
 * first, all of them, and what seems to be missing is dealt with together in the end: waiting until what was written can be found takes
 * as long for one as for all. Safe for use by many threads.
 */
final class RecentProof {
  private static final Logger log = LoggerFactory.getLogger(RecentProof.class);
  private static final IndexReport NOTHING = new IndexReport(Map.of(), Map.of(), Set.of(), Map.of());

  /** Remembered as missing, about, before they are dealt with. */
  private static final int MOST = 100_000;

  private final OrderStore store;
  private final IndexedVersions indexed;
  private final Indexer indexer;
  private final int generation;
  private final Map<OrderKey, Long> missing = new ConcurrentHashMap<>();

  RecentProof(OrderStore store, IndexedVersions indexed, Indexer indexer, int generation) {
    this.store = store;
    this.indexed = indexed;
    this.indexer = indexer;
    this.generation = generation;
  }

  /** What is written from here on may look as if it were missing, and is then looked at once more. */
  void begin() {
    indexed.settle(generation);
  }

  /** @return what had to be indexed, which is nothing as a rule */
  IndexReport look(List<OrderKey> keys) {
    var wanted = new HashMap<OrderKey, Long>();
    for (var header : store.headers(keys)) if (header.version() > 0) wanted.put(header.key(), header.version());
    missing.putAll(behind(wanted));
    return missing.size() < MOST ? NOTHING : end();
  }

  /**
   * Returns when all orders looked at are in, or known not to be possible.
   *
   * @return what had to be indexed
   * @throws IllegalStateException if some are not there though they were written: to be done again
   */
  synchronized IndexReport end() {
    if (missing.isEmpty()) return NOTHING;
    indexed.settle(generation); // live traffic may have brought them since
    var seen = new HashMap<>(missing);
    var behind = behind(seen);
    var report = behind.isEmpty() ? NOTHING : indexer.index(behind.keySet(), generation, false);
    if (!report.versions().isEmpty()) {
      indexed.settle(generation);
      var left = behind(report.versions());
      if (!left.isEmpty()) throw new IllegalStateException(left.size() + " orders are not in generation " + generation + " though they were written, one is " + first(left.keySet()));
      log.warn("{} orders were missing in generation {}, one is {}", report.versions().size(), generation, first(report.versions().keySet()));
    }
    missing.entrySet().removeAll(seen.entrySet());
    return report;
  }

  private Map<OrderKey, Long> behind(Map<OrderKey, Long> wanted) {
    var there = indexed.of(generation, wanted.keySet());
    var behind = new HashMap<>(wanted);
    behind.entrySet().removeIf(each -> there.getOrDefault(each.getKey(), 0L) >= each.getValue());
    return behind;
  }

  private static OrderKey first(Collection<OrderKey> keys) {
    return keys.iterator().next();
  }
}
