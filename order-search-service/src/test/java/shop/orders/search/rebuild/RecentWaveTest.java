package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.TestOrders;
import shop.orders.store.EventLog;
import shop.orders.store.KeptDocument;
import shop.orders.store.LogEntry;
import shop.orders.store.OrderDays;
import shop.orders.store.memory.InMemoryStore;

class RecentWaveTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final Instant FROM = TODAY.minusDays(RecentWave.DAYS).atStartOfDay().toInstant(ZoneOffset.UTC);

  private final InMemoryStore store = new InMemoryStore(Clock.systemUTC());
  private final EventLog log = store.stores().eventLog();
  private final HeldOrders orders = new HeldOrders();

  @Test
  void changesOfTheLastDays_areReadNewestFirst_accountsByTurns_eachOrderOnce() {
    append("a", 0, 8_000, "moved", Duration.ofDays(20));
    append("a", 8_000, 14_000, "moved", Duration.ofDays(3));
    append("a", 13_000, 14_000, "moved", Duration.ofDays(2));
    append("b", 0, 10, "moved", Duration.ofHours(1));
    var keys = read();
    assertThat(keys).hasSize(6_010).doesNotHaveDuplicates();
    assertThat(keys.get(0)).isEqualTo(new OrderKey("a", "o13999"));
    assertThat(keys.indexOf(new OrderKey("b", "o9"))).as("b does not wait for all of a").isLessThanOrEqualTo(5_000);
  }

  @Test
  void importedHistory_isNotRecent_butItsRecentDaysAre() {
    append("a", 0, 5_000, "imported", Duration.ofHours(1));
    orders.put(TestOrders.order("a", "today").at("2026-11-25T01:00:00Z").placed());
    orders.put(TestOrders.order("a", "lastWeek").at("2026-11-18T00:00:00Z").placed());
    orders.put(TestOrders.order("a", "before").at("2026-11-17T23:59:59Z").placed());
    assertThat(read()).containsExactly(new OrderKey("a", "today"), new OrderKey("a", "lastWeek"));
  }

  @Test
  void whoGoesOnAfterADayThatIsDone_isNotHandedItsOrdersByTheLog() {
    orders.put(TestOrders.order("a", "o1").at("2026-11-24T01:00:00Z").placed());
    append("a", 0, 3, "moved", Duration.ofDays(1));
    var wave = wave();
    assertThat(read(wave, (RecentWave.DAYS + 2) * OrderDays.SLICES)).containsExactlyInAnyOrder(new OrderKey("a", "o2"), new OrderKey("a", "o0"));
    assertThat(read(wave(), 0)).containsOnlyOnce(new OrderKey("a", "o1")).hasSize(3);
  }

  @Test
  void whatRetentionRemoved_isTakenForOld() {
    append("a", 0, 100, "moved", Duration.ofDays(20));
    append("a", 100, 200, "moved", Duration.ofDays(1));
    store.removeFromLog("a", 0, 99);
    assertThat(read()).hasSize(100);
  }

  private RecentWave wave() {
    return new RecentWave(log, orders, RecentWave.spans(log, List.of("a", "b"), FROM), FROM, TODAY);
  }

  private List<OrderKey> read() {
    return read(wave(), 0);
  }

  private static List<OrderKey> read(RecentWave wave, int first) {
    var keys = new ArrayList<OrderKey>();
    for (int part = first; part < wave.parts(); part++) {
      wave.read(
          part,
          new Wave.Sink() {
            @Override
            public void add(OrderKey key) {
              if (wave.claim(key)) keys.add(key);
            }

            @Override
            public void add(KeptDocument order) {
              keys.add(order.key());
            }
          });
    }
    return keys;
  }

  private void append(String account, int from, int to, String type, Duration ago) {
    var at = NOW.minus(ago);
    var entries = IntStream.range(from, to).mapToObj(i -> new LogEntry("o" + i, 1, "handling", null, "Fulfillment", type, at, null, at)).toList();
    log.append(account, log.head(account), entries);
  }
}
