package shop.orders.search.rebuild;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexReport;
import shop.orders.search.index.IndexedVersions;
import shop.orders.search.index.Indexer;
import shop.orders.store.OrderStore;

/** Whether orders are in a generation in the version the store has, or a newer one; those that are not are indexed. Safe for use by many threads. */
final class RecentProof {
  private static final Logger log = LoggerFactory.getLogger(RecentProof.class);
  private static final IndexReport NOTHING = new IndexReport(Map.of(), Map.of(), Set.of(), Map.of());

  private final OrderStore store;
  private final IndexedVersions indexed;
  private final Indexer indexer;
  private final int generation;

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

  /**
   * Returns when all of them are in, or known not to be possible.
   *
   * @return what had to be indexed
   * @throws IllegalStateException if some are not there though they were written: to be done again
   */
  IndexReport prove(List<OrderKey> keys) {
    var wanted = new LinkedHashMap<OrderKey, Long>();
    for (var header : store.headers(keys)) if (header.version() > 0) wanted.put(header.key(), header.version());
    var behind = behind(wanted);
    if (behind.isEmpty()) return NOTHING;
    indexed.settle(generation); // live traffic may have brought them since
    behind = behind(behind);
    if (behind.isEmpty()) return NOTHING;
    var report = indexer.index(behind.keySet(), generation, false);
    indexed.settle(generation);
    var left = behind(report.versions());
    if (!left.isEmpty()) throw new IllegalStateException(left.size() + " orders are not in generation " + generation + " though they were written, one is " + first(left.keySet()));
    if (!report.versions().isEmpty()) log.warn("{} orders were missing in generation {}, one is {}", report.versions().size(), generation, first(report.versions().keySet()));
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
