package shop.orders.store.memory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.store.Cursors;

final class InMemoryCursors implements Cursors {
  private record Name(String account, String consumer) {}

  private final Map<Name, Cell> cells = new ConcurrentHashMap<>();

  @Override
  public Optional<Cell> read(String account, String consumer) {
    return Optional.ofNullable(cells.get(new Name(account, consumer)));
  }

  @Override
  public boolean replace(String account, String consumer, long expectedRev, String state) {
    var mine = new Cell(state, expectedRev + 1);
    var after =
        cells.compute(new Name(account, consumer), (name, cell) -> (cell == null ? 0 : cell.rev()) == expectedRev ? mine : cell);
    return after == mine;
  }
}
