package shop.orders.search.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;
import static shop.orders.search.TestOrders.order;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.search.TestOrders;
import shop.orders.search.check.CheckReport.Cause;
import shop.orders.search.check.Checker.Depth;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.IndexContents;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.UnreadableOrders;
import shop.orders.testservers.TestServers;

/** What somebody does to the index behind its back is found and put right, and nothing else is. */
class CheckIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String NO_KAFKA = "127.0.0.1:1";
  private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);
  private static final Scope ALL = new Scope(1, null, null, null);
  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  private HeldOrders orders;
  private SearchService service;
  private ElasticsearchClient es;

  @BeforeEach
  void start() throws IOException {
    orders = new HeldOrders();
    service = service();
    es = service.bean(ElasticsearchClient.class);
    for (var index : service.bean(IndexContents.class).indices(1)) es.indices().delete(d -> d.index(index.name()));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private SearchService service(String... more) {
    return service(IMPATIENT, more);
  }

  private SearchService service(Duration patience, String... more) {
    var properties = new ArrayList<>(List.of("--orders.search.check.patience=" + patience.toMillis() + "ms", "--orders.search.fill.look-every=500ms", "--orders.search.fill.load=1"));
    Collections.addAll(properties, more);
    return SearchService.start(orders, NO_KAFKA, TestServers.elasticsearch().uri(), List.of("demo", "other"), properties.toArray(String[]::new));
  }

  @Test
  void reconcile_putsRightAThousandDocumentsTamperedWith() throws IOException {
    // Over more than a year, so that every pass has something that only it looks at.
    var keys = new ArrayList<OrderKey>();
    for (int i = 0; i < 3_000; i++) keys.add(orders.put(order(i % 3 == 0 ? "other" : "demo", "v" + i + "-01").at(YESTERDAY.minusDays(i % 400) + "T12:00:00Z").placed()));
    service.bean(Indexer.class).index(keys);
    var old = documents();
    for (int i = 0; i < 3_000; i++) keys.set(i, orders.put(order(i % 3 == 0 ? "other" : "demo", "v" + i + "-01").at(YESTERDAY.minusDays(i % 400) + "T12:00:00Z").through(ON_ORDER_COMPLETED, PAYMENT_PENDING)));
    service.bean(Indexer.class).index(keys);
    awaitWhole();
    var good = documents();
    assertThat(good).hasSize(3_000);

    var ids = new ArrayList<>(good.keySet());
    Collections.sort(ids);
    Collections.shuffle(ids, new Random(7));
    var bulk = new BulkRequest.Builder().refresh(Refresh.True);
    for (int i = 0; i < 1_000; i++) {
      var id = ids.get(i);
      var index = good.get(id).index();
      var changed = new LinkedHashMap<>(good.get(id).source());
      changed.put("totalValue", 1);
      if (i < 300) bulk.operations(o -> o.update(u -> u.index(index).id(id).action(a -> a.doc(Map.of("totalValue", 1)))));
      else if (i < 500) bulk.operations(o -> o.index(x -> x.index(index).id(id).document(changed)));
      else if (i < 750) bulk.operations(o -> o.delete(d -> d.index(index).id(id)));
      else bulk.operations(o -> o.index(x -> x.index(index).id(id).document(old.get(id).source())));
    }
    for (int i = 0; i < 19; i++) {
      var stranger = new LinkedHashMap<>(good.get(ids.get(1_000 + i)).source());
      stranger.put("orderId", "stranger-" + i);
      var id = stranger.get("account") + "/stranger-" + i;
      bulk.operations(o -> o.index(x -> x.index(good.get(ids.get(0)).index()).id(id).document(stranger)));
    }
    bulk.operations(o -> o.index(x -> x.index(good.get(ids.get(0)).index()).id("nobody's").document(Map.of("anything", true))));
    var doubled = ids.get(1_500);
    var elsewhere = service.bean(IndexContents.class).indices(1).stream().map(Object::toString).filter(name -> !name.equals(good.get(doubled).index())).findFirst().orElseThrow();
    bulk.operations(o -> o.index(x -> x.index(elsewhere).id(doubled).document(good.get(doubled).source())));
    assertThat(es.bulk(bulk.build()).errors()).isFalse();

    service.close();
    service = service("--orders.search.reconcile.enabled=true", "--orders.search.reconcile.look-every=200ms", "--orders.search.reconcile.load=1");
    es = service.bean(ElasticsearchClient.class);
    await().atMost(Duration.ofMinutes(4)).until(() -> passes().values().stream().allMatch(ReconcileRecord.Progress::ever));

    await().atMost(SOON).untilAsserted(() -> assertThat(documents()).isEqualTo(good));
    for (var what : List.of("differences", "repaired")) {
      assertThat(counts(what)).isEqualTo(Map.of("corrupt", 500.0, "missing", 250.0, "stale", 250.0, "stranger", 20.0, "misplaced", 1.0));
    }
    assertThat(service.bean(Checker.class).check(ALL, Depth.CONTENT, false, soFar -> {}).found()).isEmpty();
  }

  @Test
  void restartedReconciling_goesOnWhereItWas() {
    place(400);
    awaitWhole();
    service.close();
    service = service("--orders.search.reconcile.enabled=true", "--orders.search.reconcile.look-every=200ms", "--orders.search.reconcile.load=0.05"); // so slow that it is caught in the middle
    await().atMost(SOON).until(() -> content().next() != null && content().next().isBefore(YESTERDAY.minusDays(3)));
    service.close();
    var next = content().next();
    var begun = content().begun();
    service = service("--orders.search.reconcile.enabled=true", "--orders.search.reconcile.look-every=200ms", "--orders.search.reconcile.load=0.2");
    await().atMost(SOON).until(() -> content().next() == null || content().next().isBefore(next));
    assertThat(content().begun() == null ? content().covered() : content().begun()).isEqualTo(begun);
  }

  @Test
  void whatIsOnItsWay_isNoDifference() throws Exception {
    service.close();
    service = service(Duration.ofSeconds(20)); // changes are in the index within a second, unless the machine is busy
    place(500);
    awaitWhole();
    var ended = new AtomicBoolean();
    var threads = Executors.newFixedThreadPool(2);
    var random = new Random(3);
    var traffic =
        threads.submit(
            () -> {
              for (int i = 0; !ended.get(); i++) {
                var some = new ArrayList<OrderKey>();
                for (int j = 0; j < 10; j++) {
                  some.add(orders.put(order("demo", "live-" + i + "-" + j).at(Instant.now().toString()).placed()));
                  var key = new OrderKey("demo", "v" + random.nextInt(500) + "-01");
                  var held = orders.find(key).orElseThrow();
                  var next = Decision.on(held, UUID.randomUUID(), Instant.now(), "test").record(new Change.MessageSent("m" + i, "d2", "Hello")).result();
                  some.add(orders.put(new HeldOrders.Held(next, orders.documents(key))));
                }
                Thread.sleep(300); // as long as events take
                service.bean(Indexer.class).index(some);
              }
              return null;
            });
    var until = Instant.now().plusSeconds(12);
    int suspects = 0;
    while (Instant.now().isBefore(until)) {
      for (var depth : Depth.values()) {
        var report = service.bean(Checker.class).check(ALL, depth, false, soFar -> {});
        assertThat(report.found()).as(report.examples().toString()).isEmpty();
        suspects += report.orders() > 500 ? 1 : 0;
      }
    }
    ended.set(true);
    traffic.get();
    threads.shutdown();
    assertThat(suspects).isPositive();
  }

  @Test
  void documentThatKeepsTheNextVersionOut_isDeletedAndMadeAgain() throws IOException {
    service.close();
    service = service("--orders.search.check.forget-after=3s");
    es = service.bean(ElasticsearchClient.class);
    place(5);
    awaitWhole();
    var good = documents();
    var blocked = good.get("demo/v3-01");
    es.indices().putSettings(s -> s.index(blocked.index()).settings(i -> i.gcDeletes(t -> t.time("1s"))));
    var changed = new LinkedHashMap<>(blocked.source());
    changed.put("totalValue", 1);
    es.index(i -> i.index(blocked.index()).id("demo/v3-01").versionType(VersionType.External).version(1L << 40).document(changed).refresh(Refresh.True));
    var report = service.bean(Checker.class).check(ALL, Depth.CONTENT, true, soFar -> {});
    assertThat(report.found()).isEqualTo(Map.of(Cause.CORRUPT, 1L));
    await().atMost(SOON).untilAsserted(() -> assertThat(documents()).isEqualTo(good));
    var key = new OrderKey("demo", "v3-01");
    var next = new HeldOrders.Held(TestOrders.next(orders.find(key).orElseThrow(), ON_ORDER_COMPLETED), orders.documents(key));
    service.bean(Indexer.class).index(List.of(orders.put(next)));
    assertThat(documents().get("demo/v3-01").source()).containsEntry("status", "on-order-completed");
  }

  @Test
  void problemThatIsListed_isNoDifference() {
    place(5);
    awaitWhole();
    orders.put(order("demo", "v9-01").at(YESTERDAY + "T12:00:00Z").poisoned().placed());
    var tooLong = new OrderKey("demo", "\u20ac".repeat(200));
    orders.put(order("demo", tooLong.orderId()).at(YESTERDAY + "T12:00:00Z").placed());
    var checker = service.bean(Checker.class);
    assertThat(checker.check(ALL, Depth.SUMS, false, soFar -> {}).found()).isEqualTo(Map.of(Cause.MISSING, 2L));
    assertThat(checker.check(ALL, Depth.CONTENT, true, soFar -> {}).isClean()).isTrue();
    for (var depth : Depth.values()) assertThat(checker.check(ALL, depth, false, soFar -> {}).found()).isEmpty();
  }

  @Test
  void listedOrderThatIsBehind_isNoDifference_andIsTriedAgainUntilItIsUnderstood() throws IOException {
    var keys = place(5);
    awaitWhole();
    var behind = keys.get(3);
    var missing = orders.put(order("demo", "v9-01").at(YESTERDAY + "T12:00:00Z").placed());
    orders.put(new HeldOrders.Held(TestOrders.next(orders.find(behind).orElseThrow(), ON_ORDER_COMPLETED), orders.documents(behind)));
    for (var key : List.of(behind, missing)) orders.broken(key, true);
    var checker = service.bean(Checker.class);
    var first = checker.check(ALL, Depth.SUMS, true, soFar -> {});
    assertThat(first.found()).isEqualTo(Map.of(Cause.STALE, 1L, Cause.MISSING, 1L));
    assertThat(first.isClean()).as(first.toString()).isTrue();
    for (var depth : Depth.values()) assertThat(checker.check(ALL, depth, true, soFar -> {}).found()).isEmpty();
    var listed = service.bean(UnreadableOrders.class);
    assertThat(listed.of("demo")).containsOnlyKeys(behind.orderId(), missing.orderId());

    for (var key : List.of(behind, missing)) orders.broken(key, false);
    assertThat(checker.check(ALL, Depth.SUMS, true, soFar -> {}).isClean()).isTrue();
    assertThat(listed.of("demo")).isEmpty();
    assertThat(documents().get(behind.toString()).source()).containsEntry("status", "on-order-completed");
    assertThat(documents()).containsKey(missing.toString());
  }

  @Test
  void rowShownBehindTheStore_isIndexedAgain() {
    var keys = place(20);
    awaitWhole();
    var key = keys.get(7);
    orders.put(new HeldOrders.Held(TestOrders.next(orders.find(key).orElseThrow(), ON_ORDER_COMPLETED), orders.documents(key)));
    orders.remove(keys.get(8)); // nobody's order any more
    await().atMost(SOON).untilAsserted(() -> assertThat(service.list("demo", "?per_page=100").body().at("/list").size()).isEqualTo(20));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var list = service.list("demo", "?per_page=100").body().at("/list");
              assertThat(list.valueStream().map(row -> row.path("orderId").asString())).doesNotContain(keys.get(8).orderId());
              assertThat(list.valueStream().filter(row -> row.path("orderId").asString().equals(key.orderId())).map(row -> row.path("status").asString())).containsExactly("on-order-completed");
            });
    await().atMost(SOON).until(() -> service.bean(MeterRegistry.class).get("orders.search.read-repair").tag("outcome", "repaired").counter().count() == 2);
  }

  @Test
  void operatorsCheck_runsInTheBackground() throws IOException {
    place(30);
    awaitWhole();
    var index = documents().get("demo/v4-01").index();
    es.delete(d -> d.index(index).id("demo/v4-01").refresh(Refresh.True));
    assertThat(service.operator("GET", "/operator/search/checks/current", null).status()).isEqualTo(404);
    assertThat(service.operator("POST", "/operator/search/checks", "{\"from\":\"yesterday\"}").status()).isEqualTo(400);
    assertThat(service.operator("POST", "/operator/search/checks", "{\"from\":\"2026-02-01\",\"to\":\"2026-01-31\"}").status()).isEqualTo(400);
    assertThat(service.operator("POST", "/operator/search/checks", "{\"deep\":\"yes\"}").status()).isEqualTo(400);
    assertThat(service.operator("POST", "/operator/search/checks", "{\"account\":\"demo\"}").status()).isEqualTo(202);
    await().atMost(SOON).until(() -> service.operator("GET", "/operator/search/checks/current", null).body().path("state").asString().equals("done"));
    var done = service.operator("GET", "/operator/search/checks/current", null).body();
    assertThat(done.path("found").toString()).isEqualTo("{\"missing\":1}");
    assertThat(done.path("clean").asBoolean()).isFalse();
    assertThat(done.path("complete").asBoolean()).isTrue();
    assertThat(service.operator("POST", "/operator/search/checks", "{\"repair\":true,\"from\":\"" + YESTERDAY.minusDays(20) + "\"}").status()).isEqualTo(202);
    await().atMost(SOON).until(() -> service.operator("GET", "/operator/search/checks/current", null).body().path("clean").asBoolean(false));
  }

  private List<OrderKey> place(int number) {
    var keys = new ArrayList<OrderKey>();
    for (int i = 0; i < number; i++) keys.add(orders.put(order("demo", "v" + i + "-01").at(YESTERDAY.minusDays(i % 20) + "T12:00:00Z").placed()));
    service.bean(Indexer.class).index(keys);
    return keys;
  }

  private void awaitWhole() {
    await().atMost(SOON).until(() -> service.bean(Coverage.class).completeSince().filter(Instant.EPOCH::equals).isPresent());
  }

  private Map<Pass, ReconcileRecord.Progress> passes() {
    return new ReconcileRecord(orders.beside().cursors()).read(1, Instant.now()).passes();
  }

  private ReconcileRecord.Progress content() {
    return passes().get(Pass.CONTENT);
  }

  private Map<String, Double> counts(String what) {
    var counts = new HashMap<String, Double>();
    for (var counter : service.bean(MeterRegistry.class).get("orders.search.check." + what).counters()) counts.put(counter.getId().getTag("cause"), counter.count());
    return counts;
  }

  private record Stored(String index, Map<String, Object> source) {}

  /** All there are by id; of one that is there twice the copies are not told apart, so it must not be. */
  private Map<String, Stored> documents() throws IOException {
    es.indices().refresh(r -> r.index("orders-g1-*"));
    var answer = es.search(s -> s.index("orders-g1-*").size(10_000), Map.class);
    var documents = new HashMap<String, Stored>();
    for (var hit : answer.hits().hits()) assertThat(documents.put(hit.id(), new Stored(hit.index(), source(hit.source())))).isNull();
    return documents;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> source(Map<?, ?> json) {
    return (Map<String, Object>) json;
  }
}
