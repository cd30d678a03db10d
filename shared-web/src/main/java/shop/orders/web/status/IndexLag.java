package shop.orders.web.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Settings;

/**
 * How far search is behind the event log, read from the store and not from search: so that it is known when search is dead, or believes to
 * be well. For one thread.
 */
class IndexLag {
  /** Accounts looked at each time, in turn: two small reads each. */
  private static final int AT_ONCE = 50;

  private final Settings settings;
  private final Cursors cursors;
  private final EventLog eventLog;
  private final Map<String, Instant> open = new HashMap<>();
  private int next;

  IndexLag(Settings settings, Cursors cursors, EventLog eventLog) {
    this.settings = settings;
    this.cursors = cursors;
    this.eventLog = eventLog;
  }

  /**
   * When the oldest event was appended that search has not handled, of the accounts looked at lately; null if there is none.
   *
   * @throws shop.orders.store.StoreUnavailable if the store does not answer
   */
  @Nullable Instant look() {
    var accounts = new ArrayList<>(settings.list(Settings.Kind.ACCOUNT, "").keySet());
    accounts.sort(null);
    open.keySet().retainAll(accounts);
    for (int i = 0; i < Math.min(AT_ONCE, accounts.size()); i++) {
      var account = accounts.get(Math.floorMod(next++, accounts.size()));
      long handled = cursors.read(account, "search").map(cell -> Long.parseLong(cell.state())).orElse(0L);
      var first = eventLog.page(account, handled, 1);
      if (first.isEmpty()) open.remove(account);
      else open.put(account, first.get(0).entry().appendedAt());
    }
    return open.values().stream().min(Instant::compareTo).orElse(null);
  }
}
