package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.store.SampleOrders;
import shop.orders.store.Stores;

/** What a decision costs, in statements. A number that grows here is paid for by every order. */
class CountedWireIT {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Stores stores;

  @BeforeEach
  void open() {
    var wire = new CountedWire(Wire.of(TestKeyspace.session()), meters);
    stores = CassandraStores.stores(TestKeyspace.session(), wire, TestKeyspace.sharedProperties(), TestKeyspace.shared().clock(), System::nanoTime);
  }

  @Test
  void placement_isOneConditionalBatchAndFourPlainWrites() {
    stores.orders().commit(SampleOrders.placement(SampleOrders.newKey()));
    assertThat(counted()).isEqualTo(Map.of("conditional", 1L, "write", 4L, "read", 0L, "serial-read", 0L));
  }

  @Test
  void readsAreToldApart() {
    var key = SampleOrders.newKey();
    stores.orders().find(key);
    stores.eventLog().head(key.account());
    assertThat(counted()).isEqualTo(Map.of("conditional", 0L, "write", 0L, "read", 1L, "serial-read", 1L));
  }

  @Test
  void orderJustWritten_isTakenFromMemoryByWhoeverNeedsNoNewer() {
    var order = SampleOrders.placed(stores.orders(), SampleOrders.newKey());
    var before = counted();
    assertThat(stores.orders().findAfter(order.key(), order.version() - 1)).contains(order);
    assertThat(counted()).isEqualTo(before);
    assertThat(stores.orders().findAfter(order.key(), order.version())).contains(order);
    assertThat(counted().get("read")).isEqualTo(before.get("read") + 1);
  }

  private Map<String, Long> counted() {
    var counted = new TreeMap<String, Long>();
    meters.find("orders.store.statements").counters().forEach(counter -> counted.put(counter.getId().getTag("kind"), (long) counter.count()));
    return counted;
  }
}
