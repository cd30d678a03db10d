package shop.orders.search.problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexReport;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.Skeletons;
import shop.orders.search.index.UnreadableOrders;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;

/** Lists what could not be indexed as it should, and tries it again. Safe for use by many threads. */
class Problems {
  private static final Comparator<OrderKey> BY_NAME = Comparator.comparing(OrderKey::account).thenComparing(OrderKey::orderId);

  private final Skeletons skeletons;
  private final UnreadableOrders unreadable;
  private final Indexer indexer;
  private final Settings settings;

  Problems(Skeletons skeletons, UnreadableOrders unreadable, Indexer indexer, Settings settings) {
    this.skeletons = skeletons;
    this.unreadable = unreadable;
    this.indexer = indexer;
    this.settings = settings;
  }

  enum Kind {
    /** In the index with ids, dates, status and total only. */
    SKELETON,
    /** Not in the index. */
    UNREADABLE
  }

  record Problem(OrderKey key, Kind kind, String reason, @Nullable Instant since) {}

  /** @param next where the following page begins; null if there is none */
  record Page(List<Problem> problems, @Nullable OrderKey next) {}

  /** What became of an order that was tried again. */
  enum Outcome {
    /** In the index with all it has. */
    WHOLE,
    SKELETON,
    UNREADABLE,
    /** Not in the store. */
    ABSENT
  }

  /** @param reason null if it is whole or absent */
  record Result(OrderKey key, Outcome outcome, @Nullable String reason) {}

  /**
   * In the order of account and order id.
   *
   * @param account only its orders; null for everybody's
   * @param from the last one of the page before; null to begin
   * @throws IndexUnavailable if the index does not answer
   * @throws StoreUnavailable if the store does not answer
   */
  Page list(@Nullable String account, @Nullable OrderKey from, int size) {
    var found = new TreeMap<OrderKey, Problem>(BY_NAME);
    skeletons.after(account, from, size + 1).forEach(s -> found.put(s.key(), new Problem(s.key(), Kind.SKELETON, s.reason(), s.since())));
    var accounts = account == null ? new TreeSet<>(settings.list(Settings.Kind.ACCOUNT, "").keySet()) : Set.of(account);
    for (var each : accounts) {
      unreadable.of(each).forEach((orderId, u) -> {
        var key = new OrderKey(each, orderId);
        if (from == null || BY_NAME.compare(key, from) > 0) found.put(key, new Problem(key, Kind.UNREADABLE, u.reason(), u.since()));
      });
    }
    var page = List.copyOf(found.values()).subList(0, Math.min(size, found.size()));
    return new Page(page, found.size() > size ? page.get(size - 1).key() : null);
  }

  /** Indexes them again, as they are in the store now. Throws as {@link #list}. */
  List<Result> retry(Collection<OrderKey> keys) {
    var report = indexer.index(keys);
    var results = new ArrayList<Result>();
    for (var key : new LinkedHashSet<>(keys)) {
      var result = result(key, report);
      if (result.outcome() != Outcome.UNREADABLE) unreadable.remove(key);
      results.add(result);
    }
    return results;
  }

  private static Result result(OrderKey key, IndexReport report) {
    if (report.absent().contains(key)) return new Result(key, Outcome.ABSENT, null);
    if (report.unreadable().containsKey(key)) return new Result(key, Outcome.UNREADABLE, report.unreadable().get(key));
    var reason = report.skeletons().get(key);
    return reason == null ? new Result(key, Outcome.WHOLE, null) : new Result(key, Outcome.SKELETON, reason);
  }
}
