package shop.orders.systemtest.load;

import java.time.LocalDate;
import java.util.Optional;
import shop.orders.store.Cursors;
import shop.orders.store.ExactJson;
import shop.orders.store.StoreUnavailable;

/** What a load was begun with and how far it has come, kept beside the orders. One program at a time moves it. Not for several threads. */
final class Bookmark {
  /** No merchant's: cursors that belong to no account are kept here. */
  private static final String NOBODY = "-";

  /**
   * @param until text of a {@link LocalDate}
   * @param done every order below this number is in
   */
  record State(String until, int years, int accounts, long done) {
    LocalDate untilDate() {
      return LocalDate.parse(until);
    }

    State at(long done) {
      return new State(until, years, accounts, done);
    }
  }

  private final Cursors cursors;
  private final String consumer;
  private long rev;
  private boolean uncertain;

  Bookmark(Cursors cursors, long seed) {
    this.cursors = cursors;
    this.consumer = "load-" + seed;
  }

  Optional<State> read() {
    var cell = cursors.read(NOBODY, consumer);
    rev = cell.map(Cursors.Cell::rev).orElse(0L);
    return cell.map(c -> ExactJson.mapper().readValue(c.state(), State.class));
  }

  /**
   * A store that does not answer is the writers' to wait for: the bookmark then stays where it was.
   *
   * @return false if another program moved it: it is loading the same
   */
  boolean write(State state) {
    try {
      if (uncertain) read();
      uncertain = true;
      boolean alone = cursors.replace(NOBODY, consumer, rev, ExactJson.mapper().writeValueAsString(state));
      uncertain = false;
      if (alone) rev++;
      return alone;
    } catch (StoreUnavailable e) {
      return true;
    }
  }
}
