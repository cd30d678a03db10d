package shop.orders.search.index;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The last lists asked for, each once. Safe for use by many threads. */
final class RecentlyAsked {
  private static final int MOST = 50;

  private final Set<OrderSearch.Asked> all = new LinkedHashSet<>();

  synchronized void add(String account, OrderQuery query) {
    var asked = new OrderSearch.Asked(account, query);
    all.remove(asked);
    all.add(asked);
    if (all.size() > MOST) all.remove(all.iterator().next());
  }

  synchronized List<OrderSearch.Asked> all() {
    return List.copyOf(all);
  }
}
