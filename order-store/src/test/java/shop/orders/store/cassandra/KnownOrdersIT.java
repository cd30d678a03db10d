package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.store.CommitOutcome;
import shop.orders.store.OrderStore;
import shop.orders.store.SampleOrders;

/** Two processes, each of which remembers orders. */
class KnownOrdersIT {
  private final OrderStore here = store();
  private final OrderStore there = store();
  private final OrderKey key = SampleOrders.newKey();

  @Test
  void knownOrder_isReadWithWhatAnotherProcessWrote() {
    var placed = SampleOrders.placed(here, key);
    assertThat(here.find(key)).contains(placed);
    var approved = ((CommitOutcome.Applied) there.commit(SampleOrders.approval(there.find(key).orElseThrow()))).order();
    assertThat(here.find(key)).contains(approved);
    assertThat(here.find(key)).contains(store().find(key).orElseThrow());
  }

  @Test
  void knownOrder_isReadWithTheEpochAnotherProcessRaised() {
    var placed = SampleOrders.placed(here, key);
    assertThat(there.seal(key, placed.version())).isTrue();
    assertThat(here.find(key).orElseThrow().epoch()).isEqualTo(placed.epoch() + 1);
    assertThat(here.commit(SampleOrders.approval(placed))).isInstanceOf(CommitOutcome.Conflict.class);
  }

  @Test
  void knownOrder_thatTheDatabaseLostIsNotAnswered() {
    SampleOrders.placed(here, key);
    TestKeyspace.session().execute(
        "DELETE FROM " + TestKeyspace.sharedProperties().keyspace() + ".orders WHERE account = ? AND order_id = ?", key.account(), key.orderId());
    assertThat(here.find(key)).isEmpty();
  }

  private static OrderStore store() {
    return CassandraStores.stores(
            TestKeyspace.session(), Wire.of(TestKeyspace.session()), TestKeyspace.sharedProperties(), TestKeyspace.shared().clock(), System::nanoTime)
        .orders();
  }
}
