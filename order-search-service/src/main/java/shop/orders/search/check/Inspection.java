package shop.orders.search.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.search.check.CheckReport.Cause;
import shop.orders.search.index.IndexContents;
import shop.orders.search.index.IndexName;
import shop.orders.search.index.IndexedDocument;
import shop.orders.search.index.UnreadableOrders;
import shop.orders.store.OrderHeader;

/**
 * Looks at single orders that sums, a listing or a reader made suspicious, one by one, and says which of them differ and why. Safe for
 * use by many threads.
 */
class Inspection {
  /** Orders looked at together. */
  static final int MOST = 500;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final IndexContents contents;
  private final StoreContents store;
  private final UnreadableOrders unreadable;
  private final Duration patience;
  private final Clock clock;

  Inspection(IndexContents contents, StoreContents store, UnreadableOrders unreadable, Duration patience, Clock clock) {
    this.contents = contents;
    this.store = store;
    this.unreadable = unreadable;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Those that differ. An order whose newest change may still be on its way is looked at again until it is there, or has had the
   * patience due to it. One that is listed as a problem, since it cannot be indexed, or only its skeleton, does not differ.
   *
   * @param ids of documents, at most {@link #MOST}
   */
  Map<String, Finding> inspect(int generation, Collection<String> ids) {
    var begun = clock.instant();
    var found = new LinkedHashMap<String, Finding>();
    contents.refresh(generation);
    Set<String> pending = new LinkedHashSet<>(ids);
    while (true) {
      var again = new LinkedHashSet<String>();
      var over = clock.instant().minus(patience);
      for (var seen : look(generation, pending)) {
        var finding = judge(seen);
        if (finding.isEmpty()) continue;
        if (mayBeOnItsWay(finding.get(), begun, over)) again.add(seen.id);
        else found.put(seen.id, finding.get());
      }
      pending = again;
      if (pending.isEmpty()) break;
      rest();
    }
    found.values().removeIf(this::isKnownProblem);
    return found;
  }

  /**
   * One look at what there is.
   *
   * @param before read before the documents were, null if there was no such order
   * @param after read after them
   * @param document where the order belongs
   */
  private record Seen(String id, @Nullable OrderHeader before, @Nullable OrderHeader after, @Nullable IndexedDocument document, List<IndexedDocument> strays) {}

  private List<Seen> look(int generation, Set<String> ids) {
    var keys = new LinkedHashMap<String, OrderKey>();
    ids.forEach(id -> IndexedDocument.key(id).ifPresent(key -> keys.put(id, key)));
    var before = store.headers(keys.values());
    var belongs = new HashMap<String, IndexName>();
    before.values().forEach(header -> store.createdOn(header).ifPresent(day -> belongs.put(header.key().toString(), IndexContents.index(generation, day))));
    var copies = new HashMap<String, List<IndexedDocument>>();
    contents.copies(generation, ids).forEach(copy -> copies.computeIfAbsent(copy.id(), id -> new ArrayList<>()).add(copy));
    var documents = new HashMap<String, IndexedDocument>();
    if (!belongs.isEmpty()) contents.current(belongs).forEach(document -> documents.put(document.id(), document));
    // Whatever a document shows more than the store did was maybe written in between.
    var after = store.headers(keys.values());
    var seen = new ArrayList<Seen>();
    for (var id : ids) {
      var key = keys.get(id);
      var strays = copies.getOrDefault(id, List.of()).stream().filter(copy -> !copy.index().equals(belongs.get(id))).toList();
      seen.add(new Seen(id, key == null ? null : before.get(key), key == null ? null : after.get(key), documents.get(id), strays));
    }
    return seen;
  }

  private static Optional<Finding> judge(Seen seen) {
    if (seen.after == null) return seen.strays.isEmpty() ? Optional.empty() : finding(seen, Cause.STRANGER, 0);
    long version = seen.after.version();
    // Placed while we looked: where its document belongs was not known yet.
    if (seen.before == null) return finding(seen, Cause.MISSING, version);
    if (seen.document == null) return finding(seen, seen.strays.isEmpty() ? Cause.MISSING : Cause.MISPLACED, version);
    if (seen.document.isWrong(version)) return finding(seen, Cause.CORRUPT, version);
    // What came into the store after the document was looked at is no fault of the document.
    if (seen.document.isBehind(seen.before.version())) return finding(seen, Cause.STALE, version);
    return seen.strays.isEmpty() ? Optional.empty() : finding(seen, Cause.MISPLACED, version);
  }

  private static Optional<Finding> finding(Seen seen, Cause cause, long version) {
    return Optional.of(new Finding(seen.id, cause, version, seen.before == null ? null : seen.document, seen.before == null && version > 0 ? List.of() : seen.strays));
  }

  /** @param begun since when it is being looked at @param over what was due before then has had its time */
  private boolean mayBeOnItsWay(Finding finding, Instant begun, Instant over) {
    if (begun.isBefore(over)) return false;
    var document = finding.document();
    return switch (finding.cause()) {
      case MISSING -> lacks(finding, 0, over);
      case STALE -> !Objects.requireNonNull(document).isOld(finding.version()) && lacks(finding, document.orderVersion(), over);
      case CORRUPT, STRANGER, MISPLACED -> false;
    };
  }

  private boolean lacks(Finding finding, long version, Instant over) {
    return store.after(IndexedDocument.key(finding.id()).orElseThrow(), version).filter(at -> at.isAfter(over)).isPresent();
  }

  private boolean isKnownProblem(Finding finding) {
    if (finding.cause() != Cause.MISSING && finding.cause() != Cause.STALE) return false;
    var key = IndexedDocument.key(finding.id()).orElseThrow();
    return unreadable.of(key.account()).containsKey(key.orderId());
  }

  private static void rest() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped("interrupted while waiting for a document");
    }
  }
}
