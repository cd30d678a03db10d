package shop.orders.search.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.search.SearchApplication;
import shop.orders.store.OrderCommit;
import shop.orders.store.SampleOrders;
import shop.orders.store.Settings;
import shop.orders.store.Stores;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that is killed with -9 in the middle of a fill, with everything around it real. */
class KilledFillIT {
  private static final Duration SOON = Duration.ofMinutes(4);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEYSPACE = "fill_killed";
  private static final String INDEX = "orders-g1-2014q1";
  private static final LocalDate FIRST_DAY = LocalDate.parse("2014-01-20");
  private static final int DAYS = 60;
  private static final int A_DAY = 10;
  private static final int ORDERS = DAYS * A_DAY;

  private final String account = SampleOrders.newAccount();

  @Test
  void newProcess_goesOnAtTheDayTheKilledOneHadCome() throws Exception {
    var cassandra = TestServers.cassandra();
    try (var opened = CassandraStores.open(cassandra.contactPoint(), cassandra.datacenter(), KEYSPACE)) {
      place(opened.stores());
      var processes = new HashSet<Service>();
      try {
        // It is made by hand, without any mapping of ours: not the index that is on record, so to be filled.
        es(HttpMethod.PUT, "/" + INDEX);
        var first = new Service("--orders.search.fill.batch=5", "--orders.search.fill.load=0.2"); // so slow that it is caught in the middle
        processes.add(first);
        await().atMost(SOON).ignoreExceptions().until(() -> first.filled() >= ORDERS / 6);
        long before = first.filled();
        first.kill();
        long due = until(left(opened.stores()));
        assertThat(due).as("it is on record what was done, but for the last day at most").isBetween(1L + A_DAY, ORDERS - before + A_DAY);
        var second = new Service("--orders.search.fill.load=1");
        processes.add(second);
        await().atMost(SOON).ignoreExceptions().until(() -> opened.stores().cursors().read("-", "search-index/g1").orElseThrow().state().matches(".*\"" + INDEX + "\":\\{\"uuid\":\"[^\"]+\"}.*"));
        es(HttpMethod.POST, "/" + INDEX + "/_refresh");
        assertThat(es(HttpMethod.GET, "/" + INDEX + "/_count").path("count").asInt()).isEqualTo(ORDERS);
        System.out.printf("filled before kill -9: %d of %d or some more, left on record: %d, filled after it: %d%n", before, ORDERS, due, second.filled());
        // The record of one more day may still have been on its way to the store.
        assertThat(second.filled()).isBetween(due - A_DAY, due);
      } finally {
        for (var process : processes) process.kill();
      }
    }
  }

  /** The newest day that may not be whole, as the fill keeps it. */
  private static LocalDate left(Stores stores) {
    return LocalDate.parse(JSON.readTree(stores.cursors().read("-", "search-index/g1").orElseThrow().state()).path(INDEX).path("left").asString());
  }

  /** How many orders there are of this day and before. */
  private static long until(LocalDate day) {
    return A_DAY * Math.min(DAYS, Math.max(0, ChronoUnit.DAYS.between(FIRST_DAY, day) + 1));
  }

  private void place(Stores stores) {
    stores.settings().save(Settings.Kind.ACCOUNT, "", account, "{}");
    var document = OrderDocument.placed(SampleOrders.document(2));
    for (int i = 0; i < ORDERS; i++) {
      var placed = new Change.Placed(Flow.COMPLETE, "d1", document.value(), "5" + i, null);
      var at = FIRST_DAY.plusDays(i % DAYS).atTime(12, 0).toInstant(ZoneOffset.UTC).plusSeconds(i);
      var decision = Decision.place(new OrderKey(account, "v" + i + "-01"), placed, UUID.randomUUID(), at, "key:test");
      stores.orders().commit(new OrderCommit(decision, Map.of("d1", document.fields()), null));
    }
  }

  private JsonNode es(HttpMethod method, String path) {
    return JSON.readTree(RestClient.create(TestServers.elasticsearch().uri().toString()).method(method).uri(path).retrieve().body(String.class));
  }

  /** The service as a process of its own. */
  private static final class Service {
    private final int port;
    private final Process process;

    Service(String... more) throws IOException {
      try (var free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), SearchApplication.class.getName()));
      command.addAll(
          List.of(
              "--server.port=" + port,
              "--server.address=127.0.0.1",
              "--spring.kafka.bootstrap-servers=127.0.0.1:1",
              "--spring.elasticsearch.uris=" + TestServers.elasticsearch().uri(),
              "--spring.cassandra.contact-points=" + TestServers.cassandra().hostAndPort(),
              "--spring.cassandra.local-datacenter=" + TestServers.cassandra().datacenter(),
              "--orders.store.keyspace=" + KEYSPACE,
              "--orders.search.fill.look-every=500ms"));
      command.addAll(List.of(more));
      process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    long filled() {
      var answer = RestClient.create("http://127.0.0.1:" + port).get().uri("/actuator/metrics/orders.index.fill.orders").retrieve().body(String.class);
      return JSON.readTree(answer).at("/measurements/0/value").asLong();
    }

    /** Without a word, as kill -9. */
    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
