package shop.orders.search.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
import shop.orders.search.index.UnreadableOrders;
import shop.orders.store.StoreUnavailable;

/** Makes the index what it should be where it is not. Safe for use by many threads. */
class Repairs implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Repairs.class);

  private final Indexer indexer;
  private final IndexRepair repair;
  private final IndexContents contents;
  private final Inspection inspection;
  private final UnreadableOrders unreadable;
  private final Duration forgetAfter;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "index-again");
            thread.setDaemon(true);
            return thread;
          });

  Repairs(Indexer indexer, IndexRepair repair, IndexContents contents, Inspection inspection, UnreadableOrders unreadable, Duration forgetAfter) {
    this.indexer = indexer;
    this.repair = repair;
    this.contents = contents;
    this.inspection = inspection;
    this.unreadable = unreadable;
    this.forgetAfter = forgetAfter;
  }

  /**
   * Tries those again that are listed as not to be indexed at all: an upgrade may understand them. What is in then is listed no more.
   *
   * @param ids of documents that may differ
   * @throws IndexUnavailable if the index does not take part
   * @throws StoreUnavailable if the store does not answer
   */
  void retryListed(Collection<String> ids) {
    var keys = ids.stream().map(IndexedDocument::key).flatMap(Optional::stream).toList();
    var listed = new HashMap<String, Set<String>>();
    keys.forEach(key -> listed.computeIfAbsent(key.account(), account -> unreadable.of(account).keySet()));
    var again = keys.stream().filter(key -> listed.get(key.account()).contains(key.orderId())).toList();
    if (again.isEmpty()) return;
    var still = indexer.index(again).unreadable().keySet();
    again.stream().filter(key -> !still.contains(key)).forEach(unreadable::remove);
  }

  /**
   * Puts them right and looks at them once more. Where a document had a {@code _version} beyond its order's, and was deleted, the index takes
   * none before it has forgotten that: it is left now, and made in a while.
   *
   * @param found by document id, at most {@link Inspection#MOST}
   * @param repaired hears of each that is right, maybe later and on another thread
   * @return what still differs
   * @throws IndexUnavailable if the index does not take part; what was done by then stays done
   * @throws StoreUnavailable if the store does not answer; likewise
   */
  Map<String, Finding> repair(int generation, Map<String, Finding> found, Consumer<Finding> repaired) {
    putRight(found.values());
    var left = inspection.inspect(generation, found.keySet());
    var missing = missing(left);
    if (!missing.isEmpty()) {
      repair.revive(generation, missing);
      left = inspection.inspect(generation, found.keySet());
    }
    return afterwards(generation, found, left, repaired);
  }

  private Map<String, Finding> afterwards(int generation, Map<String, Finding> found, Map<String, Finding> left, Consumer<Finding> repaired) {
    var deleted = new LinkedHashMap<String, Finding>();
    found.forEach(
        (id, finding) -> {
          var now = left.get(id);
          if (now == null) repaired.accept(finding);
          else if (now.cause() == Cause.MISSING) deleted.put(id, finding);
        });
    if (!deleted.isEmpty()) makeLater(generation, deleted, repaired);
    return left;
  }

  private static List<OrderKey> missing(Map<String, Finding> findings) {
    return findings.values().stream().filter(finding -> finding.cause() == Cause.MISSING).map(finding -> key(finding.id())).toList();
  }

  private void putRight(Collection<Finding> findings) {
    var index = new LinkedHashSet<OrderKey>();
    var overwrite = new ArrayList<IndexedDocument>();
    var delete = new ArrayList<IndexedDocument>();
    for (var finding : findings) {
      delete.addAll(finding.strays());
      if (finding.cause() == Cause.STRANGER) continue;
      var document = finding.document();
      boolean wrong = finding.cause() == Cause.STALE || finding.cause() == Cause.CORRUPT;
      if (wrong && document != null && document.outranks(finding.version())) overwrite.add(document);
      else index.add(key(finding.id()));
    }
    // First in where it belongs, then out where it does not: an order is in the list once too often rather than not at all.
    if (!index.isEmpty()) indexer.index(index);
    if (!overwrite.isEmpty()) repair.overwrite(overwrite);
    if (!delete.isEmpty()) repair.delete(delete);
  }

  /** A restart in between is no loss: then they are found missing. */
  private void makeLater(int generation, Map<String, Finding> deleted, Consumer<Finding> repaired) {
    log.warn("{} documents were deleted, and are made again in {}: {}", deleted.size(), forgetAfter, deleted.keySet().stream().limit(10).toList());
    later.schedule(
        () -> {
          try {
            contents.refresh(generation); // only then is a deletion forgotten
            indexer.index(deleted.keySet().stream().map(Repairs::key).toList());
            var left = inspection.inspect(generation, deleted.keySet());
            deleted.forEach((id, finding) -> { if (!left.containsKey(id)) repaired.accept(finding); });
            if (!left.isEmpty()) log.warn("{} documents could not be made again, and will be found missing: {}", left.size(), some(left.values()));
          } catch (IndexUnavailable | StoreUnavailable | Stopped e) {
            log.warn("{} documents could not be made again, and will be found missing: {}", deleted.size(), e.getMessage());
          } catch (RuntimeException e) {
            log.error("documents cannot be made again: {}", some(deleted.values()), e);
          }
        },
        forgetAfter.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static List<Finding> some(Collection<Finding> findings) {
    return findings.stream().limit(10).toList();
  }

  private static OrderKey key(String id) {
    return IndexedDocument.key(id).orElseThrow();
  }

  @Override
  public void destroy() {
    later.shutdownNow();
  }
}
