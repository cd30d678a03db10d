package shop.orders.search.rebuild;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Cursors;
import shop.orders.store.StoreUnavailable;
import tools.jackson.databind.json.JsonMapper;

/** The present rebuild, or the last one: one cell in the store. Safe for use by many threads and processes. */
class Rebuilds {
  private static final String ACCOUNT = "-";
  private static final String CONSUMER = "search-rebuild";
  private static final int TRIES = 20;

  private final Cursors cursors;
  private final JsonMapper json = JsonMapper.builder().build();

  Rebuilds(Cursors cursors) {
    this.cursors = cursors;
  }

  /** @throws StoreUnavailable if the store does not answer */
  Optional<Rebuild> read() {
    return cursors.read(ACCOUNT, CONSUMER).map(this::parse);
  }

  /**
   * @param change gets null if there was none yet; may run several times
   * @return as it is then
   * @throws StoreUnavailable if the store does not answer, or others change it all the time
   */
  Rebuild update(UnaryOperator<@Nullable Rebuild> change) {
    for (int tries = 0; tries < TRIES; tries++) {
      var cell = cursors.read(ACCOUNT, CONSUMER);
      var before = cell.map(this::parse).orElse(null);
      var after = change.apply(before);
      if (after.equals(before)) return after;
      if (cursors.replace(ACCOUNT, CONSUMER, cell.map(Cursors.Cell::rev).orElse(0L), json.writeValueAsString(after))) return after;
    }
    throw new StoreUnavailable("the rebuild changed " + TRIES + " times while it was to be changed", null);
  }

  private Rebuild parse(Cursors.Cell cell) {
    return json.readValue(cell.state(), Rebuild.class);
  }
}
