package shop.orders.search.rebuild;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import shop.orders.search.index.FoundOrders;
import shop.orders.search.index.OrderRow;
import shop.orders.search.index.OrderSearch;
import shop.orders.search.index.OrderSearch.Asked;

/** Asks two generations what was lately asked of this instance, and tells what they answer differently. */
final class Comparison {
  /** A change between the two answers is no difference. */
  private static final int TRIES = 3;

  private final OrderSearch search;

  Comparison(OrderSearch search) {
    this.search = search;
  }

  /**
   * @param from only orders created since are compared: those the new generation surely has
   * @throws shop.orders.search.index.IndexUnavailable if one of them does not answer
   */
  List<String> differences(int old, int made, Instant from) {
    var differences = new ArrayList<String>();
    for (var asked : search.asked()) {
      var query = new Asked(asked.account(), asked.query().createdFrom(from));
      String difference = "";
      for (int tries = 0; tries < TRIES && (tries == 0 || !difference.isEmpty()); tries++) difference = difference(query, old, made);
      if (!difference.isEmpty()) differences.add(difference);
    }
    return differences;
  }

  private String difference(Asked asked, int old, int made) {
    var before = search.find(asked.account(), asked.query(), old);
    var after = search.find(asked.account(), asked.query(), made);
    if (before.total() == after.total() && ids(before).equals(ids(after))) return "";
    return "%s %s: %d orders before, %d after%s"
        .formatted(asked.account(), asked.query(), before.total(), after.total(), before.total() == after.total() ? ", others or in another order" : "");
  }

  private static List<String> ids(FoundOrders found) {
    return found.rows().stream().map(OrderRow::orderId).toList();
  }
}
