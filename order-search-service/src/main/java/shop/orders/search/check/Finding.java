package shop.orders.search.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.orders.search.check.CheckReport.Cause;
import shop.orders.search.index.IndexedDocument;

/**
 * One order whose documents are not as they should be.
 *
 * @param id of the documents
 * @param version of the order; 0 if there is none
 * @param document in the index where the order belongs; null if none is there, or there is no order
 * @param strays documents elsewhere, or of no order
 */
record Finding(String id, Cause cause, long version, @Nullable IndexedDocument document, List<IndexedDocument> strays) {
  @Override
  public String toString() {
    var where = strays.isEmpty() ? "" : " in " + strays.stream().map(stray -> stray.index().name()).toList();
    var versions = document == null ? "" : " version " + document.orderVersion() + " of " + version;
    return id + ": " + cause + versions + where;
  }
}
