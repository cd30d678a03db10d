package shop.orders.search.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indexer;
import shop.orders.testservers.TestServers;

/** An Elasticsearch that loses what it was given gets it back from the store, without anybody asking and without an event in Kafka. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FillIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String NO_KAFKA = "127.0.0.1:1";

  private final Path directory = TestServers.privateDirectory();
  private final Elasticsearch elasticsearch = new Elasticsearch(Elasticsearch.Settings.forTests(directory));
  private HeldOrders orders;
  private SearchService service;

  @BeforeAll
  void startServer() {
    elasticsearch.start();
  }

  @BeforeEach
  void emptyServer() {
    if (service != null) service.close();
    elasticsearch.start();
    es(HttpMethod.PUT, "/_cluster/settings", "{\"persistent\":{\"cluster.blocks.read_only\":null}}");
    es(HttpMethod.DELETE, "/orders-g1-2025q3,orders-g1-2026q1,orders-g1-2026q2,orders-g1-2026q3,orders-g1-2026q4?ignore_unavailable=true", null);
    orders = new HeldOrders();
    service = start();
  }

  @AfterAll
  void stopServer() {
    service.close();
    elasticsearch.close();
  }

  private SearchService start() {
    return start(500, 1);
  }

  private SearchService start(int batch, double load) {
    return SearchService.start(
        orders,
        NO_KAFKA,
        elasticsearch.uri(),
        List.of("demo", "other"),
        "--orders.search.fill.look-every=500ms",
        "--orders.search.fill.longest-pause=1s",
        "--orders.search.fill.batch=" + batch,
        "--orders.search.fill.load=" + load);
  }

  @Test
  void deletedIndex_isMadeAgainAndFilled() {
    place("demo", 0, 200);
    place("other", 0, 50);
    indexAll();
    awaitListed("demo", 200);
    es(HttpMethod.DELETE, "/orders-g1-2026q4", null);
    awaitListed("demo", 200);
    awaitListed("other", 50);
    assertThat(es(HttpMethod.GET, "/orders-g1-2026q4/_mapping", null)).contains("\"dynamic\":\"false\"").contains("flattened");
    awaitWhole();
  }

  @Test
  void indexDeletedAndMadeAgainBySomebodyElse_isFilled() {
    place("demo", 0, 100);
    indexAll();
    awaitListed("demo", 100);
    service.close();
    es(HttpMethod.DELETE, "/orders-g1-2026q4", null);
    es(HttpMethod.PUT, "/orders-g1-2026q4", "{\"aliases\":{\"orders\":{},\"orders-g1-2026q4-write\":{}}}");
    service = start();
    awaitListed("demo", 100);
  }

  @Test
  void indexDeletedUnderTraffic_hasEverythingInTheEnd() throws Exception {
    place("demo", 0, 100);
    indexAll();
    awaitListed("demo", 100);
    var threads = Executors.newSingleThreadExecutor();
    var traffic = threads.submit(() -> {
      for (int i = 100; i < 400; i += 10) {
        var some = place("demo", i, i + 10);
        index(some);
      }
    });
    es(HttpMethod.DELETE, "/orders-g1-2026q4", null);
    traffic.get(60, TimeUnit.SECONDS);
    threads.shutdown();
    awaitListed("demo", 400);
  }

  @Test
  void everythingLostWhileElasticsearchWasDown_comesBack() throws IOException {
    place("demo", 0, 300);
    indexAll();
    awaitListed("demo", 300);
    elasticsearch.kill();
    wipe(directory.resolve("data"));
    elasticsearch.start();
    awaitListed("demo", 300);
    assertThat(es(HttpMethod.GET, "/_index_template/orders", null)).contains("orders@mappings").contains("orders@custom");
    assertThat(es(HttpMethod.GET, "/orders-g1-2025q3/_settings?flat_settings=true", null)).contains("\"index.mapping.total_fields.limit\":\"60\"");
  }

  @Test
  void filling_beginsWithTheNewestAndSaysHowFarItIs() {
    place("demo", 0, 300);
    indexAll();
    awaitListed("demo", 300);
    awaitWhole(); // each index is filled when it is made
    service.close();
    es(HttpMethod.DELETE, "/orders-g1-2025q3,orders-g1-2026q4,orders-g1-2026q2", null);
    service = start(5, 0.3);
    var seen = new ArrayList<Instant>();
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              var since = service.bean(Coverage.class).completeSince();
              since.filter(s -> seen.isEmpty() || !s.equals(seen.get(seen.size() - 1))).ifPresent(seen::add);
              return since.equals(Optional.of(Instant.EPOCH));
            });
    assertThat(seen).hasSizeGreaterThan(3).isSortedAccordingTo(Comparator.reverseOrder());
    awaitListed("demo", 300);
  }

  @Test
  void anotherProcess_goesOnWhereTheFirstHadCome() {
    place("demo", 0, 300);
    indexAll();
    awaitListed("demo", 300);
    awaitWhole(); // each index is filled when it is made
    service.close();
    es(HttpMethod.DELETE, "/orders-g1-2026q4", null);
    service = start(5, 0.3);
    await().atMost(SOON).until(() -> filled() >= 50);
    service.close();
    service = start();
    awaitListed("demo", 300);
    awaitWhole();
    var inThatIndex = orders.keys().stream().filter(key -> orders.find(key).orElseThrow().createdAt().isAfter(Instant.parse("2026-10-01T00:00:00Z"))).count();
    assertThat(filled()).isLessThan(inThatIndex - 30);
  }

  @Test
  void storeAwayWhileFilling_isWaitedFor() {
    place("demo", 0, 100);
    indexAll();
    awaitListed("demo", 100);
    orders.away(true);
    es(HttpMethod.DELETE, "/orders-g1-2026q4", null);
    await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> filled() < 200);
    orders.away(false);
    awaitListed("demo", 100);
  }

  @Test
  void deletedTemplate_isPutBack() {
    place("demo", 0, 10);
    indexAll();
    es(HttpMethod.DELETE, "/_index_template/orders", null);
    es(HttpMethod.DELETE, "/_component_template/orders@mappings", null);
    // The one may be back before the other is deleted.
    await().atMost(SOON).ignoreException(HttpClientErrorException.NotFound.class).until(() -> es(HttpMethod.GET, "/_component_template/orders@mappings", null).contains("flattened"));
    await().atMost(SOON).ignoreException(HttpClientErrorException.NotFound.class).until(() -> es(HttpMethod.GET, "/_index_template/orders", null).contains("orders-g*"));
  }

  @Test
  void deletedAliases_arePutBack() {
    place("demo", 0, 10);
    indexAll();
    awaitListed("demo", 10);
    es(HttpMethod.DELETE, "/orders-g1-2026q4/_alias/orders", null);
    awaitListed("demo", 10);
    es(HttpMethod.DELETE, "/orders-g1-2026q4/_alias/orders-g1-2026q4-write", null);
    index(place("demo", 10, 20));
    awaitListed("demo", 20);
  }

  @Test
  void operatorsOwnSettings_outrankOurs() {
    es(HttpMethod.PUT, "/_component_template/orders@custom", "{\"template\":{\"settings\":{\"index.refresh_interval\":\"7s\"}}}");
    place("demo", 0, 1);
    indexAll();
    assertThat(es(HttpMethod.GET, "/orders-g1-2026q4/_settings?flat_settings=true", null)).contains("\"index.refresh_interval\":\"7s\"", "\"index.number_of_shards\":\"1\"");
    es(HttpMethod.DELETE, "/orders-g1-2026q4", null);
    es(HttpMethod.PUT, "/_component_template/orders@custom", "{\"template\":{}}");
  }

  @Test
  void readOnlyCluster_isWaitedForAlsoWhereAnIndexIsToBeMade() {
    var keys = place("demo", 0, 1);
    es(HttpMethod.PUT, "/_cluster/settings", "{\"persistent\":{\"cluster.blocks.read_only\":true}}");
    assertThatThrownBy(() -> service.bean(Indexer.class).index(keys)).isInstanceOf(IndexUnavailable.class);
    es(HttpMethod.PUT, "/_cluster/settings", "{\"persistent\":{\"cluster.blocks.read_only\":null}}");
    awaitListed("demo", 1); // nobody asks again: the index is in the record
  }

  /** A third of them of the fourth quarter, a third of the second, a third of a year before; a few each day. */
  private List<OrderKey> place(String account, int from, int to) {
    var first = List.of(LocalDate.parse("2026-10-02"), LocalDate.parse("2026-04-01"), LocalDate.parse("2025-07-05"));
    var keys = new ArrayList<OrderKey>();
    for (int i = from; i < to; i++) {
      var day = to - from == 1 || orders.keys().isEmpty() ? first.get(0) : first.get(i % 3);
      keys.add(orders.put(order(account, "v" + i + "-01").at(day.plusDays(i % 50) + "T12:00:00Z").placed()));
    }
    return keys;
  }

  private void indexAll() {
    index(orders.keys());
  }

  /** As ingest does it: again, if the server was too slow. */
  private void index(Collection<OrderKey> keys) {
    await().atMost(SOON).ignoreExceptionsInstanceOf(IndexUnavailable.class).until(() -> service.bean(Indexer.class).index(keys).versions().size() == keys.size());
  }

  private double filled() {
    return service.bean(MeterRegistry.class).get("orders.index.fill.orders").counter().count();
  }

  private void awaitWhole() {
    await().atMost(SOON).until(() -> service.bean(Coverage.class).completeSince().equals(Optional.of(Instant.EPOCH)));
  }

  private void awaitListed(String account, int number) {
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(service.list(account, "").body().at("/paging/total").asInt(-1)).isEqualTo(number));
  }

  private String es(HttpMethod method, String path, String body) {
    var request = RestClient.create(elasticsearch.uri().toString()).method(method).uri(path);
    if (body != null) request.contentType(MediaType.APPLICATION_JSON).body(body);
    return request.retrieve().body(String.class);
  }

  private static void wipe(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
