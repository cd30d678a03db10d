package shop.orders.workflow.feed;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import shop.orders.store.LogEntry;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.web.Caller;
import shop.orders.workflow.expression.OrderExpressions;
import tools.jackson.databind.json.JsonMapper;

/** The feed's parts on a log in memory. */
final class FeedBench {
  static final Caller ERP = new Caller("demo", "erp", null);
  static final FeedKey UNNAMED = FeedKey.of(ERP, "");

  final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  final InMemoryStore store = new InMemoryStore(clock);
  final Stores stores = store.stores();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FeedConfigs configs = new FeedConfigs(stores.settings(), JsonMapper.shared());
  final FeedCells cells = new FeedCells(stores.cursors(), JsonMapper.shared());
  final LogPositions positions = new LogPositions(stores.eventLog(), stores.orders());
  final Filters filters = new Filters(new OrderExpressions(stores.orders(), meters), new StatusNames(properties(100)));
  final Feeds feeds = new Feeds(configs, cells, positions, stores.eventLog(), filters, clock);
  final Parking parking;
  final Deliveries deliveries;
  final ParkedItems parked;
  final GapFiller filler = new GapFiller(cells, stores.eventLog(), stores.orderScan(), stores.orders(), clock);
  final Backlogs backlogs = new Backlogs(cells, stores.eventLog(), filters, clock);

  FeedBench() {
    this(100);
  }

  FeedBench(int deliveriesBeforeParking) {
    parking = new Parking(properties(deliveriesBeforeParking));
    deliveries = new Deliveries(cells, configs, stores.eventLog(), filters, parking, clock, meters, event -> {});
    parked = new ParkedItems(cells, stores.eventLog(), parking, clock);
  }

  private static FeedProperties properties(int deliveriesBeforeParking) {
    return new FeedProperties(deliveriesBeforeParking, 10, Duration.ofMillis(20), true);
  }

  FeedConfig configure(String... statuses) {
    return configure(UNNAMED, Optional.empty(), statuses);
  }

  FeedConfig configure(FeedKey feed, Optional<StartPoint> from, String... statuses) {
    return feeds.configure(ERP, feed, new FeedConfigRequest(new FeedFilter.FromWorkflow(List.of(statuses)), Duration.ofSeconds(30), Duration.ofDays(4), from));
  }

  Caller other() {
    return new Caller("demo", "other", null);
  }

  FeedConfigRequest everything() {
    return new FeedConfigRequest(new FeedFilter.FromWorkflow(List.of()), Duration.ofSeconds(30), Duration.ofDays(4), Optional.empty());
  }

  List<FeedItem> read(FeedKey feed, int max) {
    return deliveries.read(feed, configs.require(feed), Asked.events(max)).items();
  }

  List<FeedItem> read() {
    return read(UNNAMED, 10);
  }

  void commit(FeedKey feed, List<FeedItem> items) {
    deliveries.commit(feed, items.stream().map(i -> Handles.read(configs.require(feed), i.handle()).orElseThrow()).toList());
  }

  Backlogs.Backlog backlog() {
    return backlogs.of(UNNAMED, configs.require(UNNAMED));
  }

  void rewind(StartPoint point) {
    feeds.rewind(UNNAMED, point);
  }

  void append(String orderId, String status) {
    append(entry(orderId, "ready-for-handling", status));
  }

  void append(LogEntry... entries) {
    stores.eventLog().append("demo", stores.eventLog().head("demo"), List.of(entries));
  }

  /** Orders o0 to o(n-1), a second apart. */
  void appendOrders(int count) {
    for (var i : LongStream.range(0, count).toArray()) {
      append("o" + i, "handling");
      clock.advance(Duration.ofSeconds(1));
    }
  }

  LogEntry entry(String orderId, String lastStatus, String status) {
    var now = clock.instant();
    return new LogEntry(orderId, 1, status, lastStatus, "Fulfillment", "moved", now, now, now);
  }

  void leasesRunOut() {
    clock.advance(Duration.ofSeconds(30));
  }
}
