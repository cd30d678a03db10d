package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.workflow.feed.FeedBench.UNNAMED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import shop.orders.store.Settings;
import shop.orders.web.ApiError;

class DeliveriesTest {
  private final FeedBench bench = new FeedBench();

  @Test
  void read_startsWithWhatHappensAfterTheFeedWasMade() {
    bench.append("before", "handling");
    bench.configure();
    bench.append("after", "handling");
    assertThat(bench.read(UNNAMED, 10)).extracting(FeedItem::orderId).containsExactly("after");
  }

  @Test
  void read_hidesWhatIsLeasedUntilItsTimeIsOver() {
    bench.configure();
    bench.append("a", "handling");
    assertThat(bench.read(UNNAMED, 10)).hasSize(1);
    bench.clock.advance(Duration.ofSeconds(29));
    assertThat(bench.read(UNNAMED, 10)).isEmpty();
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(bench.read(UNNAMED, 10)).extracting(FeedItem::orderId).containsExactly("a");
  }

  @Test
  void read_letsNewEventsPastThoseThatAreNeverCommitted() {
    bench.configure();
    for (int i = 0; i < 10; i++) bench.append("stuck" + i, "handling");
    bench.read(UNNAMED, 10);
    bench.append("new", "handling");
    bench.clock.advance(Duration.ofMinutes(1));
    var items = bench.read(UNNAMED, 10);
    assertThat(items).hasSize(10).extracting(FeedItem::orderId).contains("new");
  }

  @Test
  void commit_isForEver() {
    bench.configure();
    bench.append("a", "handling");
    bench.append("b", "handling");
    bench.commit(UNNAMED, bench.read(UNNAMED, 1));
    bench.clock.advance(Duration.ofDays(30));
    assertThat(bench.read(UNNAMED, 10)).extracting(FeedItem::orderId).containsExactly("b");
  }

  @Test
  void commit_again_changesNothing() {
    bench.configure();
    bench.append("a", "handling");
    var items = bench.read(UNNAMED, 10);
    bench.commit(UNNAMED, items);
    bench.commit(UNNAMED, items);
    assertThat(bench.backlog().quantity()).isZero();
  }

  @Test
  void read_deliversOnlyTransitionsIntoTheStatusesAskedFor() {
    bench.configure("handling");
    bench.append("a", "invoiced");
    bench.append("b", "handling");
    bench.append(bench.entry("c", "handling", "handling"));
    assertThat(bench.read(UNNAMED, 10)).extracting(FeedItem::orderId).containsExactly("b");
  }

  @Test
  void configure_again_keepsWhatIsDue() {
    bench.configure();
    bench.append("a", "handling");
    bench.configure();
    assertThat(bench.read()).hasSize(1);
  }

  @Test
  void handles_areGoodForTheirOwnFeedOnly() {
    var config = bench.configure();
    bench.append("a", "handling");
    var handle = bench.read().get(0).handle();
    var otherKeys = bench.feeds.configure(bench.other(), FeedKey.of(bench.other(), ""), bench.everything());
    var otherName = bench.configure(FeedKey.of(FeedBench.ERP, "test"), Optional.empty());
    assertThat(Handles.read(config, handle)).contains(Handles.Handle.event(UNNAMED, 0, 0));
    for (var other : List.of(otherKeys, otherName)) assertThat(Handles.read(other, handle)).isEmpty();
    for (var junk : List.of("1" + handle, "no handle", ".", "")) assertThat(Handles.read(config, junk)).isEmpty();
  }

  @Test
  void namedFeeds_doNotStealFromEachOther() {
    var test = FeedKey.of(FeedBench.ERP, "test");
    bench.configure();
    bench.configure(test, Optional.empty(), "invoiced");
    bench.append("a", "handling");
    bench.append("b", "invoiced");
    bench.commit(test, bench.read(test, 10));
    assertThat(bench.read()).extracting(FeedItem::orderId).containsExactly("a", "b");
    bench.feeds.delete(test);
    assertThat(bench.configs.of(FeedBench.ERP)).containsOnlyKeys("");
  }

  @Test
  void aKeyWithASlash_isNoFeedOfAnotherKey() {
    var named = FeedKey.of(FeedBench.ERP, "a");
    var other = new FeedKey("demo", "a/erp", "");
    bench.configure(named, Optional.empty());
    assertThat(bench.configs.find(other)).isEmpty();
    assertThat(other.consumer()).isNotEqualTo(named.consumer());
  }

  @Test
  void configure_refusesMoreThanTwentyPerKey() {
    for (int i = 0; i < 20; i++) bench.configure(FeedKey.of(FeedBench.ERP, "f" + i), Optional.empty());
    bench.configure(FeedKey.of(FeedBench.ERP, "f19"), Optional.empty());
    assertThatThrownBy(() -> bench.configure(FeedKey.of(FeedBench.ERP, "f20"), Optional.empty())).isInstanceOf(ApiError.class).hasMessageContaining("20");
  }

  @Test
  void configurationsStoredBefore_areStillRead() {
    var old = "{\"statuses\":[\"handling\"],\"visibilityTimeout\":\"PT30S\",\"retention\":\"PT96H\",\"secret\":\"00\"}";
    bench.stores.settings().save(Settings.Kind.FEED, "demo", "erp", old);
    assertThat(bench.configs.require(UNNAMED).filter()).isEqualTo(new FeedFilter.FromWorkflow(List.of("handling")));
  }

  @Test
  void configurations_comeBackAsTheyWereSaved() {
    var config = new FeedConfig(new FeedFilter.FromOrders("value > 100", true, Instant.parse("2026-11-23T12:00:00Z")), Duration.ofSeconds(1), Duration.ofDays(5), "00", "1");
    bench.configs.save(UNNAMED, config);
    assertThat(bench.configs.require(UNNAMED)).isEqualTo(config);
  }

  @Test
  void readerThatRemembersAnOlderFilter_passesNothingOverThatTheNewOneWants() {
    var old = bench.configure("invoiced");
    bench.configure("handling");
    bench.append("a", "handling");
    assertThat(bench.deliveries.read(UNNAMED, old, Asked.events(10)).items()).extracting(FeedItem::orderId).containsExactly("a");
  }

  @Test
  void feedMadeAnew_isReadUnderItsOwnConfigurationByWhoRemembersTheOther() {
    var old = bench.configure("handling");
    bench.feeds.delete(UNNAMED);
    bench.configure("canceled");
    bench.append("a", "handling");
    bench.append("b", "canceled");
    assertThat(bench.deliveries.read(UNNAMED, old, Asked.events(10)).items()).extracting(FeedItem::orderId).containsExactly("b");
  }

  @Test
  void configurations_outliveSilence() {
    bench.configure();
    bench.clock.advance(Duration.ofDays(400));
    bench.append("a", "handling");
    assertThat(bench.read()).hasSize(1);
  }

  @Test
  void backlog_countsWhatWaitsAndHowLong() {
    bench.configure();
    bench.append("a", "handling");
    bench.clock.advance(Duration.ofSeconds(40));
    bench.append("b", "handling");
    bench.read(UNNAMED, 1);
    var backlog = bench.backlog();
    assertThat(backlog.quantity()).isEqualTo(2);
    assertThat(backlog.age()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void racingReadersThatForget_commitEveryEventAndSeeNoCommittedOneAgain() throws InterruptedException {
    bench.configure();
    int events = 500;
    bench.appendOrders(events);
    Set<String> committed = ConcurrentHashMap.newKeySet();
    var again = Collections.synchronizedList(new ArrayList<String>());
    var readers = new ArrayList<Thread>();
    for (int r = 0; r < 4; r++) {
      var random = new Random(r);
      readers.add(
          new Thread(
              () -> {
                while (committed.size() < events) {
                  var before = new HashSet<>(committed);
                  var items = bench.read(UNNAMED, 10);
                  items.stream().map(FeedItem::orderId).filter(before::contains).forEach(again::add);
                  if (random.nextInt(4) > 0) {
                    bench.commit(UNNAMED, items);
                    items.forEach(i -> committed.add(i.orderId()));
                  }
                  bench.clock.advance(Duration.ofSeconds(1));
                }
              }));
    }
    readers.forEach(Thread::start);
    for (var reader : readers) reader.join();
    assertThat(again).isEmpty();
    assertThat(new TreeSet<>(committed)).hasSize(events);
  }
}
