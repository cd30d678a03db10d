package shop.orders.web.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shop.orders.store.Cursors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Since when each capability stands as it does, and how it stood before: one cell each in the store, shared by every process. Whoever sees
 * a change first writes it; what happened while the store was away is written when it is back, unless another process has. For one thread.
 */
class StatusHistory {
  private static final String ACCOUNT = "-";
  private static final int MOST_CHANGES = 200;

  /** After so many looks in a row at which the cell says otherwise than what is seen here, what is seen here is written. */
  private static final int OTHERWISE = 6;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Cursors cursors;
  private final Map<Capability, List<Change>> unwritten = new EnumMap<>(Capability.class);
  private final Map<Capability, Integer> otherwise = new HashMap<>();

  StatusHistory(Cursors cursors) {
    this.cursors = cursors;
  }

  /** A capability's state from some moment on, and what was said of it then. */
  record Change(State state, Instant since, String cause, String sentence) {
    Standing standing() {
      return new Standing(state, since, cause);
    }
  }

  /** @param changes oldest first; the last is how it stands */
  record Kept(List<Change> changes) {}

  private record Cell(List<Change> changes, long rev) {
    boolean isEmpty() {
      return changes.isEmpty();
    }

    Change last() {
      return changes.get(changes.size() - 1);
    }
  }

  /** To be written with the next {@link #agree}. */
  void changed(Capability capability, Change change) {
    var waiting = unwritten.computeIfAbsent(capability, c -> new ArrayList<>());
    waiting.add(change);
    if (waiting.size() > MOST_CHANGES) waiting.remove(0);
  }

  /**
   * The changes all processes agree on, oldest first, once this process's own are among them.
   *
   * @param mine how the capability stands, as seen here
   * @throws shop.orders.store.StoreUnavailable if the store does not answer; nothing is forgotten
   */
  List<Change> agree(Capability capability, Change mine) {
    var cell = read(capability);
    var waiting = unwritten.getOrDefault(capability, new ArrayList<>());
    while (!waiting.isEmpty()) {
      cell = write(capability, cell, waiting.get(0));
      waiting.remove(0);
    }
    boolean same = !cell.isEmpty() && cell.last().state() == mine.state();
    if (same) otherwise.remove(capability);
    else if (otherwise.merge(capability, 1, Integer::sum) >= OTHERWISE) cell = write(capability, cell, later(mine, cell));
    return cell.changes();
  }

  /** What is kept, oldest first; empty before the first change. */
  List<Change> kept(Capability capability) {
    return read(capability).changes();
  }

  private Cell write(Capability capability, Cell cell, Change change) {
    while (true) {
      boolean told = !cell.isEmpty() && (cell.last().state() == change.state() || change.since().isBefore(cell.last().since()));
      if (told) return cell;
      var changes = new ArrayList<>(cell.changes());
      changes.add(change);
      var kept = List.copyOf(changes.subList(Math.max(0, changes.size() - MOST_CHANGES), changes.size()));
      if (cursors.replace(ACCOUNT, name(capability), cell.rev(), JSON.writeValueAsString(new Kept(kept)))) return new Cell(kept, cell.rev() + 1);
      cell = read(capability);
    }
  }

  private static Change later(Change mine, Cell cell) {
    if (cell.isEmpty() || !mine.since().isBefore(cell.last().since())) return mine;
    return new Change(mine.state(), cell.last().since(), mine.cause(), mine.sentence());
  }

  private Cell read(Capability capability) {
    return cursors.read(ACCOUNT, name(capability)).map(cell -> new Cell(JSON.readValue(cell.state(), Kept.class).changes(), cell.rev())).orElse(new Cell(List.of(), 0));
  }

  private static String name(Capability capability) {
    return "status/" + capability.word();
  }
}
