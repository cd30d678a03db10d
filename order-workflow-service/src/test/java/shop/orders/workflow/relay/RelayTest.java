package shop.orders.workflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.orders.model.OrderStatus.APPROVE_PAYMENT;
import static shop.orders.model.OrderStatus.PAYMENT_APPROVED;
import static shop.orders.model.OrderStatus.WINDOW_TO_CANCEL;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.store.CommitOutcome;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;
import shop.orders.store.Lane;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.Wakeup;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.web.trace.OrderTraces;
import shop.orders.workflow.Sample;
import shop.orders.workflow.lane.OpenWakeupsFactory;
import shop.orders.workflow.lane.TestMarks;

class RelayTest {
  private static final Timer LAG = new SimpleMeterRegistry().timer("lag");

  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Stores stores = new InMemoryStore(clock).stores();
  private final OrderStore store = stores.orders();
  private final OpenWakeupsFactory wakeups = TestMarks.factory(stores, clock);
  private final int shard = Lane.RELAY.shardOf(key(0));

  @Test
  void tick_appendsEveryEventOnceInOrder() {
    var order = Sample.placed(store, key(0), clock.instant());
    var relay = relay();
    relay.tick();
    Sample.moved(store, order, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
    for (int i = 0; i < 100; i++) {
      relay.tick();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void begin_afterATakeoverAppendsNothingTwice() {
    var order = Sample.placed(store, key(0), clock.instant());
    relay().tick();
    Sample.moved(store, order, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
    relay().tick();
    relay().tick();
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void tick_isRefusedWhenAnotherRelayAppended() {
    Sample.placed(store, key(0), clock.instant());
    var first = relay();
    first.tick();
    var second = relay();
    Sample.placed(store, key(1), clock.instant());
    second.tick();
    Sample.placed(store, key(2), clock.instant());
    Throwable refused = null;
    try {
      first.tick();
    } catch (StoreUnavailable e) {
      refused = e;
    }
    assertThat(refused).as("the first relay's head is old").isNotNull();
    first.tick();
    assertComplete(3);
  }

  @Test
  void tick_afterAWakeupOfAFrozenWriterLongAfterAppendsNothingTwice() {
    var order = Sample.placed(store, key(0), clock.instant());
    var relay = relay();
    relay.tick();
    Sample.moved(store, order, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
    run(relay, Duration.ofMinutes(10)); // everything is forgotten by now
    stores.wakeups().write(Lane.RELAY, new Wakeup(key(0), 3, clock.instant())); // read version 3, froze, lost the race
    run(relay, Duration.ofSeconds(30));
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void tick_doesNotLetALaterWakeupOvertakeAnEarlierOne() {
    var order = Sample.placed(store, key(0), clock.instant());
    Sample.moved(store, order, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
    var relay = relayThatSeesOnlyVersionsFrom(3);
    relay.tick();
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void tick_relaysTheOthersWhileOneOrderCannotBeRead() {
    var unreadable = new AtomicBoolean(true);
    var reading = (OrderStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {OrderStore.class}, (proxy, method, arguments) -> {
      if (unreadable.get() && method.getName().startsWith("find") && arguments[0].equals(key(1))) throw new IllegalStateException("no such JSON");
      return method.invoke(store, arguments);
    });
    for (int i = 0; i < 3; i++) Sample.placed(store, key(i), clock.instant());
    var relay = new Relay(reading, stores.eventLog(), wakeups.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    run(relay, Duration.ofSeconds(90));
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L);
    assertThat(versions(key(1))).isEmpty();
    assertThat(versions(key(2))).containsExactly(1L, 2L, 3L);
    unreadable.set(false);
    run(relay, Duration.ofSeconds(90));
    assertComplete(3);
  }

  @Test
  void orderThatWasPutOff_isRelayedWhole_thoughANewerWakeupIsDueBeforeTheOlder() {
    var unreadable = new AtomicBoolean(true);
    var reading = (OrderStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {OrderStore.class}, (proxy, method, arguments) -> {
      if (unreadable.get() && method.getName().startsWith("find") && arguments[0].equals(key(0))) throw new IllegalStateException("no such JSON");
      return method.invoke(store, arguments);
    });
    var placed = Sample.placed(store, key(0), clock.instant());
    var relay = new Relay(reading, stores.eventLog(), wakeups.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    run(relay, Duration.ofSeconds(110));
    Sample.placed(store, key(1), clock.instant()); // the log is read back so far, and no farther
    run(relay, Duration.ofSeconds(40));
    Sample.placed(store, key(2), clock.instant());
    Sample.moved(store, placed, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
    run(relay, Duration.ofSeconds(57)); // so long that its older wakeup is not read again from the mark
    unreadable.set(false); // an upgrade understands it
    var upgraded = new Relay(reading, stores.eventLog(), wakeups.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    upgraded.begin();
    run(upgraded, Duration.ofMinutes(3));
    assertComplete(3);
  }

  @Test
  void tick_relaysTheOthersWhileTheStoreDoesNotGiveOneOrder() {
    var away = new AtomicBoolean(true);
    var asked = new AtomicInteger();
    OrderStore reading = failing(OrderStore.class, store, (method, arguments) -> method.startsWith("find") && arguments[0].equals(key(1)) && asked.incrementAndGet() > 0 && away.get());
    for (int i = 0; i < 2; i++) Sample.placed(store, key(i), clock.instant());
    var relay = new Relay(reading, stores.eventLog(), wakeups.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    run(relay, Duration.ofSeconds(1));
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L);
    var other = Sample.placed(store, key(2), clock.instant());
    run(relay, Duration.ofMinutes(2));
    Sample.moved(store, other, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
    run(relay, Duration.ofMinutes(2));
    assertThat(versions(key(1))).isEmpty();
    assertThat(versions(key(2))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(asked).as("it is asked for less and less often").hasValueLessThan(20);
    away.set(false);
    run(relay, Duration.ofSeconds(40));
    assertComplete(3);
  }

  @Test
  void tick_relaysTheOthersWhileOneAccountsLogTakesNothing() {
    var away = new AtomicBoolean(true);
    EventLog appending = failing(EventLog.class, stores.eventLog(), (method, arguments) -> method.equals("append") && arguments[0].equals("demo") && away.get());
    var healthy = accountOfTheSameShard();
    var order = Sample.placed(store, key(0), clock.instant());
    Sample.placed(store, new OrderKey(healthy, "v1-01"), clock.instant());
    var relay = new Relay(store, appending, wakeups.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    run(relay, Duration.ofSeconds(1));
    assertThat(stores.eventLog().head(healthy)).isEqualTo(3);
    Sample.moved(store, order, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
    Sample.placed(store, new OrderKey(healthy, "v2-01"), clock.instant());
    run(relay, Duration.ofMinutes(3));
    assertThat(stores.eventLog().head(healthy)).isEqualTo(6);
    assertThat(versions(key(0))).isEmpty();
    away.set(false);
    run(relay, Duration.ofSeconds(40));
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void tick_failsWhenTheStoreServesNobody_andAllGoOnTogetherWhenItIsBack() {
    var away = new AtomicBoolean(true);
    OrderStore reading = failing(OrderStore.class, store, (method, arguments) -> away.get());
    for (int i = 0; i < 3; i++) Sample.placed(store, key(i), clock.instant());
    var relay = new Relay(reading, stores.eventLog(), wakeups.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(relay::tick).isInstanceOf(StoreUnavailable.class);
      clock.advance(Duration.ofSeconds(1));
    }
    away.set(false);
    relay.tick();
    assertComplete(3);
  }

  private static String accountOfTheSameShard() {
    return IntStream.range(0, 1_000).mapToObj(i -> "other" + i).filter(name -> Lane.RELAY.shardOf(new OrderKey(name, "x")) == Lane.RELAY.shardOf(key(0))).findFirst().orElseThrow();
  }

  private static <T> T failing(Class<T> port, T real, BiPredicate<String, Object[]> when) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (when.test(method.getName(), arguments)) throw new StoreUnavailable("planted", null);
              return method.invoke(real, arguments);
            }));
  }

  @Test
  void tick_findsAWakeupThatWasNotVisibleYetBeforeALongStandstill() {
    var hidden = new AtomicBoolean(true);
    var view = TestMarks.factory((lane, shard, from, to, limit) -> hidden.get() ? List.of() : stores.wakeups().read(lane, shard, from, to, limit), stores, clock);
    var relay = new Relay(store, stores.eventLog(), view.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    run(relay, Duration.ofSeconds(30));
    Sample.placed(store, key(0), clock.instant());
    relay.tick();
    hidden.set(false);
    clock.advance(Duration.ofMinutes(5)); // frozen
    run(relay, Duration.ofSeconds(5));
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void tick_deadWakeupsDoNotCrowdOutOthers() {
    for (int i = 0; i < 500; i++) stores.wakeups().write(Lane.RELAY, new Wakeup(sameShard(i), 0, clock.instant()));
    clock.advance(Duration.ofMillis(5));
    Sample.placed(store, key(0), clock.instant());
    var relay = relay();
    for (int i = 0; i < 4; i++) relay.tick();
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L);
    assertThat(relay.tick()).as("spins").isFalse();
  }

  @Test
  void tick_locksOutABatchThatNeverCame() {
    stores.wakeups().write(Lane.RELAY, new Wakeup(key(0), 0, clock.instant()));
    var late = Sample.placement(key(0), clock.instant());
    var relay = relay();
    run(relay, Duration.ofSeconds(12));
    assertThat(store.header(key(0))).hasValueSatisfying(h -> assertThat(h.epoch()).isEqualTo(1));
    // a client's new try reads the raised epoch; the store does that for placements
    assertThat(store.commit(late)).isInstanceOf(CommitOutcome.Applied.class);
    run(relay, Duration.ofSeconds(2));
    assertThat(versions(key(0))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void tick_catchesUpAfterHoursOfStandstill() {
    var orders = IntStream.range(0, 300).mapToObj(i -> Sample.placed(store, key(i), at(i))).toList();
    orders.forEach(order -> Sample.moved(store, order, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL));
    clock.advance(Duration.ofHours(3));
    var relay = relay();
    run(relay, Duration.ofSeconds(30));
    assertComplete(300);
  }

  @Test
  void racingRelaysAndWriters_loseAndDoubleNothing() throws InterruptedException {
    var random = new Random(7);
    var threads = new ArrayList<Thread>();
    var stop = new AtomicBoolean();
    for (int r = 0; r < 3; r++) {
      threads.add(
          new Thread(
              () -> {
                var relay = relay();
                while (!stop.get()) {
                  try {
                    relay.tick();
                  } catch (StoreUnavailable e) {
                    Thread.onSpinWait(); // beaten to it: tries again
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (int i = 0; i < 200; i++) {
      var order = Sample.placed(store, key(i), clock.instant());
      if (random.nextBoolean()) Sample.moved(store, order, clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
      clock.advance(Duration.ofMillis(3));
    }
    var judge = relay();
    await().atMost(Duration.ofSeconds(20)).until(
        () -> {
          clock.advance(Duration.ofMillis(50));
          return entries().size() >= IntStream.range(0, 200).mapToLong(i -> store.header(key(i)).orElseThrow().version()).sum();
        });
    stop.set(true);
    for (var thread : threads) thread.join();
    try {
      judge.tick();
    } catch (StoreUnavailable e) {
      judge.tick();
    }
    assertComplete(200);
  }

  private Relay relay() {
    var relay = new Relay(store, stores.eventLog(), wakeups.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    return relay;
  }

  /** As if the first wakeup was not visible yet. */
  private Relay relayThatSeesOnlyVersionsFrom(long version) {
    var late = TestMarks.factory((lane, shard, from, to, limit) -> stores.wakeups().read(lane, shard, from, to, limit).stream().filter(w -> w.version() >= version).toList(), stores, clock);
    var relay = new Relay(store, stores.eventLog(), late.of(Lane.RELAY, shard), event -> {}, clock, Runnable::run, LAG, OrderTraces.none());
    relay.begin();
    return relay;
  }

  private void run(Relay relay, Duration time) {
    for (int i = 0; i < time.toSeconds(); i++) {
      while (relay.tick());
      clock.advance(Duration.ofSeconds(1));
    }
  }

  private void assertComplete(int orders) {
    Map<String, List<Long>> versions =
        entries().stream().collect(Collectors.groupingBy(l -> l.entry().orderId(), Collectors.mapping(l -> l.entry().version(), Collectors.toList())));
    assertThat(versions).hasSize(orders);
    for (int i = 0; i < orders; i++) {
      var expected = IntStream.rangeClosed(1, (int) store.header(key(i)).orElseThrow().version()).mapToObj(v -> (long) v).toList();
      assertThat(versions.get(key(i).orderId())).as("order %d", i).isEqualTo(expected);
    }
  }

  private List<Long> versions(OrderKey key) {
    return entries().stream().filter(l -> l.entry().orderId().equals(key.orderId())).map(l -> l.entry().version()).toList();
  }

  private List<Logged> entries() {
    return stores.eventLog().read("demo", 0, 10_000);
  }

  private Instant at(int second) {
    return clock.instant().minusSeconds(300 - second);
  }

  private static OrderKey sameShard(int i) {
    return new OrderKey("demo", "never" + i);
  }

  private static OrderKey key(int i) {
    return new OrderKey("demo", "v" + i + "demo-01");
  }
}
