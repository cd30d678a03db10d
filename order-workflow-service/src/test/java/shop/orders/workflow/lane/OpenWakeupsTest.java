package shop.orders.workflow.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shop.orders.model.OrderKey;
import shop.orders.store.Lane;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.Wakeup;
import shop.orders.store.memory.InMemoryStore;

class OpenWakeupsTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Stores stores = new InMemoryStore(clock).stores();
  private final OrderKey key = new OrderKey("demo", "v1demo-01");
  private final int shard = Lane.STEP.shardOf(key);
  private final OpenWakeups open = TestMarks.factory(stores, clock).of(Lane.STEP, shard);

  /** Deadlines of imported orders coincide. */
  @ParameterizedTest
  @ValueSource(ints = {1_999, 2_000, 2_001, 4_000, 9_999, 25_000})
  void whatIsDueInOneMillisecond_isAllSeenHoweverMuchItIs(int many) {
    var due = clock.instant();
    IntStream.range(0, many).forEach(version -> stores.wakeups().write(Lane.STEP, new Wakeup(key, version, due)));
    stores.wakeups().write(Lane.STEP, new Wakeup(key, 0, due.plusMillis(1)));
    open.begin();
    var seen = new HashSet<Wakeup>();
    for (int i = 0; i < 60; i++) {
      clock.advance(Duration.ofSeconds(1));
      var now = open.refresh();
      seen.addAll(now);
      open.settle(now);
    }
    assertThat(seen).hasSize(many + 1);
    assertThat(open.mark()).isAfter(due);
  }
}
