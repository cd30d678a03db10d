package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.testservers.TestServers;
import shop.orders.workflow.Api;
import shop.orders.workflow.TestWorkflow;

/**
 * Several readers of one feed that die at any moment: after they read, before they commit, in the middle of either call. With {@code
 * -Dfeed.events=50000} for as long as one likes.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FeedReadersIT {
  private static final int EVENTS = Integer.getInteger("feed.events", 3_000);
  private static final int READERS = 4;
  private static final double DIES = 0.05;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final String OPERATOR = "operator-token-of-the-test";

  @Value("${local.server.port}")
  int port;

  @Autowired EventLog log;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, AtomicInteger> deliveries = new ConcurrentHashMap<>();
  private final AtomicInteger deaths = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();

  /** When the commit of an event was answered, by its id. */
  private final Map<String, Long> committed = new ConcurrentHashMap<>();

  /** Events whose reader died while it committed them. */
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  private final List<String> returned = new ArrayList<>();
  private String account;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1"); // Kafka and Elasticsearch are not there
    registry.add("orders.operator.token", () -> OPERATOR);
  }

  @Test
  void readersThatDie_loseNothing_andWhatIsCommittedStaysAway() throws Exception {
    account = "t" + UUID.randomUUID().toString().substring(0, 8);
    var api = Api.newAccount(port, OPERATOR, account, "PT0S", null);
    var config = Map.of("filter", Map.of("type", "FromWorkflow", "status", List.of("handling")), "queue", Map.of("visibilityTimeoutInSeconds", LEASE.toSeconds()));
    assertThat(api.post("/api/orders/feed/config", config).status()).isEqualTo(200);
    append();
    var pool = Executors.newFixedThreadPool(READERS);
    try {
      var readers = new ArrayList<Future<?>>();
      for (int i = 0; i < READERS; i++) {
        var dice = new Random(i);
        readers.add(pool.submit(() -> read(api, dice)));
      }
      for (var reader : readers) reader.get();
    } finally {
      pool.shutdownNow();
    }
    long more = deliveries.values().stream().mapToInt(AtomicInteger::get).sum() - EVENTS;
    System.out.printf("%d events, %d readers died, %d calls answered 503, %d delivered more than once, %d deliveries more than needed%n",
        EVENTS, deaths.get(), unanswered.get(), deliveries.values().stream().filter(d -> d.get() > 1).count(), more);
    assertThat(deliveries).as("none lost").hasSize(EVENTS);
    unknown.removeAll(committed.keySet());
    assertThat(committed.size() + unknown.size()).as("each committed").isEqualTo(EVENTS);
    assertThat(returned).as("committed, and delivered again").isEmpty();
    assertThat(deaths.get()).isGreaterThan(EVENTS / 10 / 50);
  }

  private void append() {
    long head = 0;
    while (head < EVENTS) {
      var entries = new ArrayList<LogEntry>();
      var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      for (long i = head; i < Math.min(EVENTS, head + 100); i++) entries.add(new LogEntry("v" + i + "-01", 2, "handling", "start-handling", "Fulfillment", "moved", now, now, now));
      head = log.append(account, head, entries).orElseThrow();
    }
  }

  /** Reads and commits, and is somebody else from time to time, who knows nothing of what was read before. */
  private Void read(Api api, Random dice) throws Exception {
    while (true) {
      long asked = System.nanoTime();
      var read = send(request(api, "/api/orders/feed?maxlot=10").GET().build(), dice);
      if (read == null) continue;
      var items = Api.JSON.readTree(read);
      for (var item : items) {
        var id = item.path("eventId").asString();
        deliveries.computeIfAbsent(id, i -> new AtomicInteger()).incrementAndGet();
        var before = committed.get(id);
        if (before != null && before < asked) synchronized (returned) {
          returned.add(id);
        }
      }
      if (items.isEmpty()) {
        if (api.get("/api/orders/feed/config").json().path("quantity").asInt(-1) == 0) return null;
        TimeUnit.MILLISECONDS.sleep(50); // as an ERP between two polls
        continue;
      }
      if (dies(dice)) continue;
      var handles = items.valueStream().map(item -> item.path("handle").asString()).toList();
      var body = BodyPublishers.ofByteArray(Api.JSON.writeValueAsBytes(Map.of("handles", handles)));
      if (send(request(api, "/api/orders/feed").POST(body).build(), dice) == null) {
        items.forEach(item -> unknown.add(item.path("eventId").asString()));
        continue;
      }
      long answered = System.nanoTime();
      items.forEach(item -> committed.putIfAbsent(item.path("eventId").asString(), answered));
    }
  }

  private boolean dies(Random dice) {
    if (dice.nextDouble() >= DIES) return false;
    deaths.incrementAndGet();
    return true;
  }

  /** @return null if the caller died waiting for the answer, its connection is cut; and if nobody knows what became of it */
  private byte[] send(HttpRequest request, Random dice) throws Exception {
    var answer = http.sendAsync(request, BodyHandlers.ofByteArray());
    if (dies(dice)) {
      try {
        answer.get(dice.nextInt(10), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        answer.cancel(true);
      }
      return null;
    }
    var got = answer.get();
    if (got.statusCode() == 503) {
      unanswered.incrementAndGet();
      return null;
    }
    if (got.statusCode() != 200) throw new IOException(got.statusCode() + " " + new String(got.body()));
    return got.body();
  }

  private HttpRequest.Builder request(Api api, String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
    api.headers().forEach(request::header);
    return request;
  }
}
