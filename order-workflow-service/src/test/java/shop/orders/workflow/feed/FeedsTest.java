package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.web.Caller;
import tools.jackson.databind.json.JsonMapper;

class FeedsTest {
  private static final Caller ERP = new Caller("demo", "erp", null);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Stores stores = new InMemoryStore(clock).stores();
  private final EventLog log = stores.eventLog();
  private final Feeds feeds = new Feeds(stores.settings(), stores.cursors(), log, JsonMapper.shared(), clock);

  @Test
  void read_startsWithWhatHappensAfterTheFeedWasMade() {
    append("before", "handling");
    var config = configure();
    append("after", "handling");
    assertThat(feeds.read(ERP, config, 10)).extracting(FeedItem::orderId).containsExactly("after");
  }

  @Test
  void read_hidesWhatIsLeasedUntilItsTimeIsOver() {
    var config = configure();
    append("a", "handling");
    assertThat(feeds.read(ERP, config, 10)).hasSize(1);
    clock.advance(Duration.ofSeconds(29));
    assertThat(feeds.read(ERP, config, 10)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(feeds.read(ERP, config, 10)).extracting(FeedItem::orderId).containsExactly("a");
  }

  @Test
  void read_letsNewEventsPastThoseThatAreNeverCommitted() {
    var config = configure();
    for (int i = 0; i < 10; i++) append("stuck" + i, "handling");
    feeds.read(ERP, config, 10);
    append("new", "handling");
    clock.advance(Duration.ofMinutes(1));
    var items = feeds.read(ERP, config, 10);
    assertThat(items).hasSize(10).extracting(FeedItem::orderId).contains("new");
  }

  @Test
  void commit_isForEver() {
    var config = configure();
    append("a", "handling");
    append("b", "handling");
    commit(config, feeds.read(ERP, config, 1));
    clock.advance(Duration.ofDays(30));
    assertThat(feeds.read(ERP, config, 10)).extracting(FeedItem::orderId).containsExactly("b");
  }

  @Test
  void commit_again_changesNothing() {
    var config = configure();
    append("a", "handling");
    var items = feeds.read(ERP, config, 10);
    commit(config, items);
    commit(config, items);
    assertThat(feeds.backlog(ERP, config).quantity()).isZero();
  }

  @Test
  void read_deliversOnlyTransitionsIntoTheStatusesAskedFor() {
    var config = feeds.configure(ERP, List.of("handling"), Duration.ofSeconds(30), Duration.ofDays(4));
    append("a", "invoiced");
    append("b", "handling");
    log.append("demo", log.head("demo"), List.of(entry("c", "handling", "handling")));
    assertThat(feeds.read(ERP, config, 10)).extracting(FeedItem::orderId).containsExactly("b");
  }

  @Test
  void configure_again_keepsWhatIsDue() {
    configure();
    append("a", "handling");
    assertThat(feeds.read(ERP, configure(), 10)).hasSize(1);
  }

  @Test
  void handles_areGoodForTheirOwnFeedOnly() {
    var config = configure();
    append("a", "handling");
    var handle = feeds.read(ERP, config, 1).get(0).handle();
    var other = feeds.configure(new Caller("demo", "other", null), List.of(), Duration.ofSeconds(30), Duration.ofDays(4));
    assertThat(Handles.read(config, handle)).hasValue(0);
    assertThat(Handles.read(other, handle)).isEmpty();
    assertThat(Handles.read(config, "1" + handle)).isEmpty();
    assertThat(Handles.read(config, "no handle")).isEmpty();
  }

  @Test
  void backlog_countsWhatWaitsAndHowLong() {
    var config = configure();
    append("a", "handling");
    clock.advance(Duration.ofSeconds(40));
    append("b", "handling");
    feeds.read(ERP, config, 1);
    assertThat(feeds.backlog(ERP, config)).isEqualTo(new Feeds.Backlog(2, Duration.ofSeconds(40)));
  }

  @Test
  void racingReadersThatForget_commitEveryEventAndSeeNoCommittedOneAgain() throws InterruptedException {
    var config = configure();
    int events = 500;
    IntStream.range(0, events).forEach(i -> append("o" + i, "handling"));
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
                  var items = feeds.read(ERP, config, 10);
                  items.stream().map(FeedItem::orderId).filter(before::contains).forEach(again::add);
                  if (random.nextInt(4) > 0) {
                    commit(config, items);
                    items.forEach(i -> committed.add(i.orderId()));
                  }
                  clock.advance(Duration.ofSeconds(1));
                }
              }));
    }
    readers.forEach(Thread::start);
    for (var reader : readers) reader.join();
    assertThat(again).isEmpty();
    assertThat(new TreeSet<>(committed)).hasSize(events);
  }

  private FeedConfig configure() {
    return feeds.configure(ERP, List.of(), Duration.ofSeconds(30), Duration.ofDays(4));
  }

  private void commit(FeedConfig config, List<FeedItem> items) {
    feeds.commit(ERP, items.stream().map(i -> Handles.read(config, i.handle()).orElseThrow()).toList());
  }

  private void append(String orderId, String status) {
    log.append("demo", log.head("demo"), List.of(entry(orderId, "ready-for-handling", status)));
  }

  private LogEntry entry(String orderId, String lastStatus, String status) {
    var now = clock.instant();
    return new LogEntry(orderId, 1, status, lastStatus, "Fulfillment", "moved", now, now, now);
  }
}
