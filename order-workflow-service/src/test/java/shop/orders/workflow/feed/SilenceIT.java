package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.model.OrderKey;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;
import shop.orders.store.LogEntry;
import shop.orders.store.OrderStore;
import shop.orders.workflow.Api;
import shop.orders.workflow.Merchant;
import tools.jackson.databind.JsonNode;

/** A reader that is silent for 30 days, in which retention removes most of what it has not read. The service's clock is moved. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SilenceIT {
  @Value("${local.server.port}")
  int port;

  @Value("${orders.store.keyspace}")
  String keyspace;

  @Autowired EventLog log;
  @Autowired OrderStore orders;
  @Autowired Filters filters;
  @Autowired CqlSession session;
  @Autowired MovedClock clock;

  @Autowired
  @Qualifier("lanes")
  Lifecycle lanes;

  private Api api;
  private String account;
  private final List<String> placed = new ArrayList<>();

  /** As the system's, and ahead of it. */
  static final class MovedClock extends Clock {
    private final Clock system = Clock.systemUTC();
    private volatile Duration ahead = Duration.ZERO;

    void move(Duration by) {
      ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
      return system.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this; // everything here is UTC
    }
  }

  @TestConfiguration
  static class Time {
    @Bean
    @Primary
    MovedClock movedClock() {
      return new MovedClock();
    }
  }

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    FeedUser.properties(registry);
  }

  @Test
  void eventsAndRefilledGaps_areWhatTheOrdersHave() {
    var merchant = Merchant.open(port, "operator-token-of-the-test");
    api = merchant.api();
    FeedUser.ok(api.post("/api/orders/feed/config", Map.of("queue", Map.of())));
    account = merchant.account();
    place(merchant, 10);
    awaitLog();
    var before = new ArrayList<JsonNode>();
    drain(before);
    clock.move(Duration.ofHours(1));
    place(merchant, 30);
    awaitLog();
    var leased = read(); // and never commits them
    clock.move(Duration.ofHours(1));
    place(merchant, 10);
    long head = awaitLog();
    lanes.stop(); // they would go through every minute of the 30 days for what was due then
    clock.move(Duration.ofDays(30));
    var all = log.read(account, 0, 10_000);
    long kept = head - 60;
    session.execute("DELETE FROM " + keyspace + ".event_log WHERE account = ? AND bucket = 0 AND seq < " + kept, account);

    var after = new ArrayList<JsonNode>();
    await().atMost(Duration.ofMinutes(1)).until(() -> {
      drain(after);
      var gaps = FeedUser.ok(api.get("/api/orders/feed/gaps")).json();
      return gaps.path("quantity").asInt() == 0 && FeedUser.ok(api.get("/api/orders/feed/config")).json().path("quantity").asInt() == 0;
    });
    var gaps = FeedUser.ok(api.get("/api/orders/feed/gaps")).json().path("gaps");
    long refilled = after.stream().filter(i -> EventIds.isRefilled(id(i))).count();
    System.out.printf(
        "%d events in %d orders: %d committed before, %d delivered and not committed; of the log %d removed; afterwards %d from the log, %d refilled; gaps %s%n",
        head, placed.size(), before.size(), leased.size(), kept, after.size() - refilled, refilled, gaps);

    // the events
    var wanted = filters.of(account, new FeedFilter.FromWorkflow(List.of()));
    var stored = new TreeSet<String>();
    for (var order : placed) {
      for (var event : orders.eventsAfter(new OrderKey(account, order), 0)) {
        var logged = new Logged(0, LogEntry.of(order, event, event.at()));
        if (wanted.test(logged)) stored.add(name(EventIds.of(account, logged)));
      }
    }
    var delivered = new TreeSet<String>();
    before.forEach(i -> delivered.add(name(id(i))));
    after.forEach(i -> assertThat(delivered.add(name(id(i)))).as("comes once: %s", i).isTrue());
    assertThat(delivered).isEqualTo(stored);

    // the numbers
    assertThat(gaps).isNotEmpty().allMatch(gap -> gap.path("state").asString().equals("refilled"));
    Set<Long> missing = new HashSet<>();
    for (var gap : gaps) LongStream.rangeClosed(gap.path("from").asLong(), gap.path("to").asLong()).forEach(missing::add);
    var done = new HashSet<Long>();
    before.forEach(i -> done.add(EventIds.require("", id(i))));
    long lookedAt = leased.stream().mapToLong(i -> EventIds.require("", id(i))).max().orElseThrow();
    all.stream().filter(l -> l.seq() < lookedAt && !wanted.test(l)).forEach(l -> done.add(l.seq()));
    assertThat(missing).doesNotContainAnyElementsOf(done);
    missing.addAll(done);
    assertThat(missing).isEqualTo(new HashSet<>(LongStream.range(0, kept).boxed().toList()));
  }

  private void place(Merchant merchant, int count) {
    for (int i = 0; i < count; i++) placed.add(merchant.handling(Merchant.item("1", 100, 1)));
  }

  /** Until every event of the orders is in the log, and nothing comes any more. */
  private long awaitLog() {
    await().atMost(Duration.ofSeconds(60)).during(Duration.ofSeconds(2)).until(() -> log.head(account) == placed.stream().mapToLong(o -> orders.header(new OrderKey(account, o)).orElseThrow().version()).sum());
    return log.head(account);
  }

  private List<JsonNode> read() {
    return FeedUser.items(FeedUser.ok(api.get("/api/orders/feed")));
  }

  private void drain(List<JsonNode> into) {
    for (var items = read(); !items.isEmpty(); items = read()) {
      FeedUser.ok(api.post("/api/orders/feed", items.stream().map(i -> i.path("handle").asString()).toList()));
      into.addAll(items);
    }
  }

  private static String id(JsonNode item) {
    return item.path("eventId").asString();
  }

  /** What of an id says which order's which version it is. */
  private static String name(String eventId) {
    return eventId.substring(0, 16);
  }
}
