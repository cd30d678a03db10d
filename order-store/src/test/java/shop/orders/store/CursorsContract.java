package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shop.orders.store.Cursors.Cell;

/** Holds for every {@link Cursors}. */
public interface CursorsContract {
  StoreUnderTest underTest();

  private Cursors cursors() {
    return underTest().stores().cursors();
  }

  @Test
  default void replace_writesAndCountsRevisions() {
    var account = SampleOrders.newAccount();
    assertThat(cursors().read(account, "feed")).isEmpty();
    assertThat(cursors().replace(account, "feed", 0, "{\"a\":1}")).isTrue();
    assertThat(cursors().read(account, "feed")).contains(new Cell("{\"a\":1}", 1));
    assertThat(cursors().replace(account, "feed", 1, "{\"a\":2}")).isTrue();
    assertThat(cursors().read(account, "feed")).contains(new Cell("{\"a\":2}", 2));
    assertThat(cursors().read(account, "other")).isEmpty();
  }

  @Test
  default void replace_refusesAStaleRevision() {
    var account = SampleOrders.newAccount();
    assertThat(cursors().replace(account, "feed", 1, "x")).isFalse();
    cursors().replace(account, "feed", 0, "a");
    cursors().replace(account, "feed", 1, "b");
    assertThat(cursors().replace(account, "feed", 0, "x")).isFalse();
    assertThat(cursors().replace(account, "feed", 1, "x")).isFalse();
    assertThat(cursors().replace(account, "feed", 3, "x")).isFalse();
    assertThat(cursors().read(account, "feed")).contains(new Cell("b", 2));
  }

  @Test
  default void replace_hasOneWinnerOf16Racers() {
    var account = SampleOrders.newAccount();
    var won = Racers.race(16, i -> () -> cursors().replace(account, "feed", 0, "racer " + i));
    assertThat(won).containsOnlyOnce(true);
    assertThat(cursors().read(account, "feed")).contains(new Cell("racer " + won.indexOf(true), 1));
  }
}
