package shop.orders.search.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.store.Lane;
import shop.orders.store.LogEntry;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;

/** The clock stands unless a test moves it; a look takes no time. */
class FreshnessTest {
  private static final String ACCOUNT = "demo";
  private static final Duration RELAY = Duration.ofSeconds(2);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final Instant noon = clock.instant();
  private final Stores stores = new InMemoryStore(clock).stores();
  private final Handled handled = new Handled(stores.cursors(), stores.settings());
  private final Freshness freshness =
      new Freshness(handled, stores.eventLog(), stores.cursors(), this::refresh, new FreshnessProperties(RELAY), clock, new SimpleMeterRegistry());
  private boolean indexAway;

  FreshnessTest() {
    stores.settings().save(Settings.Kind.ACCOUNT, "", ACCOUNT, "{}");
  }

  @Test
  void beforeTheFirstLook_isUnknown() {
    assertThat(freshness.asOf(ACCOUNT)).isEmpty();
  }

  @Test
  void nothingOpen_isFreshAsOfTheLookLessWhatTheRelayMayTake_onceRefreshed() {
    append(noon.minusSeconds(100), noon.minusSeconds(99));
    handled.learned(ACCOUNT, 1);
    indexAway = true;
    assertThat(look()).isEmpty();
    indexAway = false;
    var now = clock.instant();
    assertThat(look()).contains(now.minus(RELAY));
  }

  @Test
  void openEvents_areOlderThanTheAnswer_whateverTheirOrderInTheLog() {
    append(noon.minusSeconds(60), noon.minusSeconds(50));
    append(noon.minusSeconds(70), noon.minusSeconds(40));
    append(noon.minusSeconds(30), noon.minusSeconds(30));
    assertThat(look()).contains(noon.minusSeconds(70));
    handled.learned(ACCOUNT, 2);
    assertThat(look()).contains(noon.minusSeconds(70)); // one block: handled in part counts as open
    handled.learned(ACCOUNT, 3);
    assertThat(look()).contains(clock.instant().minusSeconds(1).minusSeconds(30)); // the relay took half a minute just now
  }

  @Test
  void whatWasTrueOnce_stands() {
    append(noon.minusSeconds(300), noon.minusSeconds(300));
    handled.learned(ACCOUNT, 1);
    var before = look();
    append(noon.minusSeconds(200), noon);
    assertThat(look()).isEqualTo(before);
  }

  @Test
  void handledByAnotherInstance_counts() {
    append(noon.minusSeconds(300), noon.minusSeconds(300));
    new Handled(stores.cursors(), stores.settings()).save(ACCOUNT, 1);
    assertThat(look()).contains(noon.minus(RELAY));
  }

  @Test
  void relayThatStands_isSeenInItsMark() {
    var mark = noon.minusSeconds(3_600);
    stores.cursors().replace("-", "wakeups/relay/" + Lane.RELAY.shardOf(new OrderKey(ACCOUNT, "-")), 0, mark.toString());
    assertThat(look()).contains(mark.minus(RELAY));
  }

  @Test
  void longBacklog_isSeenWholeBeforeAnythingIsSaid() {
    var many = new ArrayList<LogEntry>();
    for (int i = 0; i < 12_000; i++) many.add(entry(noon.minusSeconds(100), noon.minusSeconds(100)));
    many.add(entry(noon.minusSeconds(500), noon.minusSeconds(100)));
    stores.eventLog().append(ACCOUNT, 0, many);
    assertThat(look()).isEmpty();
    assertThat(look()).contains(noon.minusSeconds(500));
  }

  private Optional<Instant> look() {
    freshness.asOf(ACCOUNT);
    freshness.look();
    clock.advance(Duration.ofSeconds(1));
    return freshness.asOf(ACCOUNT);
  }

  private void refresh() {
    if (indexAway) throw new StoreUnavailable("away", null); // as the index does, whose own cannot be made here
  }

  private void append(Instant at, Instant appendedAt) {
    stores.eventLog().append(ACCOUNT, stores.eventLog().head(ACCOUNT), List.of(entry(at, appendedAt)));
  }

  private static LogEntry entry(Instant at, Instant appendedAt) {
    return new LogEntry("v1-01", 1, "order-created", null, "Marketplace", "placed", at, null, appendedAt);
  }
}
