package shop.orders.search.progress;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.store.Cursors;
import shop.orders.store.Settings;

/**
 * Per account the number of its event log below which every event has been handled: its order is in the index, or listed as a problem.
 * It never goes back. Kept in a cell that all instances share; an instance may know more than the cell for some seconds. Safe for use by
 * many threads.
 */
public class Handled {
  static final String CONSUMER = "search";

  private final Cursors cursors;
  private final Settings settings;
  private final Map<String, Long> known = new ConcurrentHashMap<>();

  /** What the cell has at least, so that it is left alone while nothing happens. */
  private final Map<String, Long> saved = new ConcurrentHashMap<>();

  Handled(Cursors cursors, Settings settings) {
    this.cursors = cursors;
    this.settings = settings;
  }

  /** Every account there is. */
  public Set<String> accounts() {
    return settings.list(Settings.Kind.ACCOUNT, "").keySet();
  }

  /** What this instance knows without asking; may be behind. */
  long known(String account) {
    return known.getOrDefault(account, 0L);
  }

  /** What the cell says, or this instance if it knows more; 0 for an account that nothing is known of. */
  public long read(String account) {
    return learned(account, cursors.read(account, CONSUMER).map(cell -> Long.parseLong(cell.state())).orElse(0L));
  }

  /** Remembers, in this instance only, that everything below {@code position} was handled. @return what is known now */
  public long learned(String account, long position) {
    return known.merge(account, position, Math::max);
  }

  /** Moves the cell on, unless it is there already. */
  public void save(String account, long position) {
    learned(account, position);
    if (saved.getOrDefault(account, -1L) >= position) return;
    while (true) {
      var cell = cursors.read(account, CONSUMER);
      boolean there = cell.isPresent() && Long.parseLong(cell.get().state()) >= position;
      if (there || cursors.replace(account, CONSUMER, cell.map(Cursors.Cell::rev).orElse(0L), Long.toString(position))) break;
    }
    saved.merge(account, position, Math::max);
  }
}
