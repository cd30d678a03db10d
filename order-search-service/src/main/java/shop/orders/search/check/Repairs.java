package shop.orders.search.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import shop.orders.model.OrderKey;
import shop.orders.search.check.CheckReport.Cause;
import shop.orders.search.index.IndexContents;
import shop.orders.search.index.IndexRepair;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.IndexedDocument;
import shop.orders.search.index.Indexer;
import shop.orders.store.StoreUnavailable;

/** Makes the index what it should be where it is not. Safe for use by many threads. */
class Repairs implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Repairs.class);

  private final Indexer indexer;
  private final IndexRepair repair;
  private final IndexContents contents;
  private final Duration forgetAfter;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "index-again");
            thread.setDaemon(true);
            return thread;
          });

  Repairs(Indexer indexer, IndexRepair repair, IndexContents contents, Duration forgetAfter) {
    this.indexer = indexer;
    this.repair = repair;
    this.contents = contents;
    this.forgetAfter = forgetAfter;
  }

  /** Throws {@link IndexUnavailable} and {@link StoreUnavailable}; what was done by then stays done. */
  void repair(int generation, Collection<Finding> findings) {
    var index = new LinkedHashSet<OrderKey>();
    var overwrite = new ArrayList<IndexedDocument>();
    var delete = new ArrayList<IndexedDocument>();
    for (var finding : findings) {
      delete.addAll(finding.strays());
      if (finding.cause() == Cause.STRANGER) continue;
      var document = finding.document();
      boolean wrong = finding.cause() == Cause.STALE || finding.cause() == Cause.CORRUPT;
      if (wrong && document != null && document.outranks(finding.version())) overwrite.add(document);
      else index.add(IndexedDocument.key(finding.id()).orElseThrow());
    }
    // First in where it belongs, then out where it does not: an order is in the list once too often rather than not at all.
    if (!index.isEmpty()) indexer.index(index);
    if (!overwrite.isEmpty()) {
      var deleted = repair.overwrite(overwrite);
      if (!deleted.isEmpty()) indexLater(generation, deleted);
    }
    if (!delete.isEmpty()) repair.delete(delete);
  }

  /** A restart in between is no loss: then they are found missing. */
  private void indexLater(int generation, Set<OrderKey> keys) {
    log.warn("{} documents kept the next versions of their orders out; they are deleted, and made again in {}: {}", keys.size(), forgetAfter, some(keys));
    later.schedule(
        () -> {
          try {
            contents.refresh(generation); // only then is what was deleted forgotten
            indexer.index(keys);
          } catch (IndexUnavailable | StoreUnavailable e) {
            log.warn("{} orders could not be indexed again, they will be found missing: {}", keys.size(), e.getMessage());
          }
        },
        forgetAfter.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static List<OrderKey> some(Set<OrderKey> keys) {
    return keys.stream().limit(10).toList();
  }

  @Override
  public void destroy() {
    later.shutdownNow();
  }
}
