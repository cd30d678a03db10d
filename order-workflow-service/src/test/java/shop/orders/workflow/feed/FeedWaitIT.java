package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.store.EventLog;
import shop.orders.workflow.Api;
import shop.orders.workflow.relay.Appended;
import tools.jackson.databind.JsonNode;

/** Readers that wait, more of them than the server has threads. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FeedWaitIT {
  private static final int THREADS = 3;
  private static final int MOST_WAITING = 6;
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(2);

  /** Before the end of a wait of 20 seconds, which looks once more or not at all. */
  private static final Duration BEFORE_ITS_END = Duration.ofSeconds(17);

  @Value("${local.server.port}")
  int port;

  @Autowired EventLog log;
  @Autowired FeedWaits waits;
  @Autowired MeterRegistry meters;
  @Autowired ApplicationEventPublisher events;

  private FeedUser erp;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    FeedUser.properties(registry);
    registry.add("server.tomcat.threads.max", () -> THREADS);
    registry.add("orders.feed.most-waiting", () -> MOST_WAITING);
    registry.add("orders.feed.look-again-every", () -> LOOKS_AGAIN.toSeconds() + "s"); // so that hearing at once can be told from looking again
  }

  @BeforeEach
  void account() {
    await().until(() -> waiting() == 0);
    erp = new FeedUser(port, log);
    erp.configure("", 600); // nothing comes back while a test runs, unless it says so
  }

  @Test
  void wait_endsWithNothingWhenItsTimeIsOver() {
    long start = System.nanoTime();
    assertThat(erp.read("?wait=1")).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void wait_isNoneWhereThereIsSomething() {
    erp.append("o", 1);
    long start = System.nanoTime();
    assertThat(erp.read("?wait=20")).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BEFORE_ITS_END);
  }

  @Test
  void wait_hearsAtOnceOfWhatThisInstanceAppends() {
    int times = 5;
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      var read = begin("?wait=20");
      erp.append("o" + i, 1);
      events.publishEvent(new Appended(erp.account));
      assertThat(read.join()).hasSize(1);
    }
    // Looking again now and then would take each of them but the first a whole interval.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LOOKS_AGAIN.multipliedBy(times - 1));
  }

  @Test
  void wait_hearsOfWhatAnotherInstanceAppends() {
    var read = begin("?wait=20");
    erp.append("o", 1);
    long start = System.nanoTime();
    assertThat(read.join()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BEFORE_ITS_END);
  }

  @Test
  void wait_worksWithATrailingSlash() {
    var read = begin("/?wait=20");
    erp.append("o", 1);
    assertThat(read.join()).hasSize(1);
  }

  @Test
  void wait_endsWhenItsFeedIsDeleted() {
    var read = CompletableFuture.supplyAsync(() -> erp.api.get("/api/orders/feed?wait=20"), command -> new Thread(command).start());
    await().until(() -> waiting() == 1);
    FeedUser.ok(erp.api.send("DELETE", "/api/orders/feed/config", null, Map.of()));
    events.publishEvent(new Appended(erp.account));
    assertThat(read.join().status()).isEqualTo(404);
  }

  @Test
  void wait_deliversWhatALeaseLetsGo() {
    erp.configure("", 3);
    erp.append("o", 1);
    long start = System.nanoTime();
    assertThat(erp.read("")).hasSize(1);
    assertThat(erp.read("?wait=20")).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(2_900), BEFORE_ITS_END);
  }

  @Test
  void wait_hearsOfARewind() {
    erp.append("o", 1);
    var items = erp.read("");
    FeedUser.ok(erp.commit("", items));
    var read = begin("?wait=20");
    erp.post("/rewind", Map.of("eventId", items.get(0).path("eventId").asString()));
    assertThat(read.join()).hasSize(1);
  }

  @Test
  void waiting_takesNoThreadsAndHasABound() {
    var reads = IntStream.range(0, MOST_WAITING).mapToObj(i -> later("?wait=20")).toList();
    await().until(() -> waiting() == MOST_WAITING);
    var refused = erp.api.get("/api/orders/feed?wait=20");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.json().path("status").asInt()).isEqualTo(429);
    assertThat(erp.read("")).isEmpty();
    erp.append("o", 60);
    assertThat(reads.stream().mapToInt(r -> r.join().size()).sum()).isEqualTo(60);
    assertThat(erp.read("?wait=1")).isEmpty();
  }

  @Test
  void aReaderThatWentAway_losesNothing() throws IOException {
    erp.configure("", 2);
    try (var socket = new Socket("127.0.0.1", port)) {
      var request = "GET /api/orders/feed?wait=10 HTTP/1.1\r\nHost: x\r\nX-VTEX-API-AppKey: vtexappkey-" + erp.account + "-TESTER\r\nX-VTEX-API-AppToken: token-of-the-tests\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await().until(() -> waiting() == 1);
    }
    erp.append("o", 1);
    await().until(() -> waiting() == 0);
    assertThat(erp.read("?wait=20")).hasSize(1);
  }

  @Test
  void stopping_endsAllWaits() {
    var read = begin("?wait=20");
    waits.stop();
    try {
      assertThat(read.join()).isEmpty();
      assertThat(erp.read("?wait=20")).isEmpty();
    } finally {
      waits.start();
    }
    assertThat(begin("?wait=1").join()).isEmpty();
  }

  private CompletableFuture<List<JsonNode>> begin(String query) {
    var read = later(query);
    await().until(() -> waiting() == 1);
    return read;
  }

  /** On a connection of its own. */
  private CompletableFuture<List<JsonNode>> later(String query) {
    var api = Api.withKey(port, "vtexappkey-" + erp.account + "-TESTER", "token-of-the-tests");
    return CompletableFuture.supplyAsync(() -> FeedUser.items(FeedUser.ok(api.get("/api/orders/feed" + query))), command -> new Thread(command).start());
  }

  private int waiting() {
    return (int) meters.get("orders.feed.waiting").gauge().value();
  }
}
