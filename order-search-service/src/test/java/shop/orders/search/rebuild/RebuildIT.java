package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.ImportedOrder;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.search.SearchService;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.Generations;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.IndexedVersions;
import shop.orders.search.index.Indexer;
import shop.orders.store.EventLog;
import shop.orders.store.KeptDocument;
import shop.orders.store.LogEntry;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderStore;
import shop.orders.store.SampleOrders;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Search is rebuilt from a real Cassandra into a real Elasticsearch while orders change; nothing is lost, whatever happens meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration REBUILT = Duration.ofMinutes(3);
  private static final int MOST = 150;
  private static final String NO_KAFKA = "127.0.0.1:1";
  private static final String REBUILDS = "/operator/search/rebuilds";

  private final Elasticsearch elasticsearch = new Elasticsearch(Elasticsearch.Settings.forTests(TestServers.privateDirectory()));
  private final String account = SampleOrders.newAccount();
  private final Set<OrderKey> placed = new LinkedHashSet<>();

  /** When all this began; it may be tomorrow by now. */
  private final LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);

  private SearchService service;

  /** Orders of the second wave. */
  private int ofTheYear = 40;

  /** Orders of the third. */
  private int older = 40;

  /** Orders that are indexed without their content. */
  private int refused;

  @BeforeAll
  void startAndFill() {
    elasticsearch.start();
    service = start();
    place(today.minusDays(2), 20);
    for (int day = 40; day < 60; day++) place(today.minusDays(day), 2);
    place(today.minusDays(500), 40);
    service.bean(Indexer.class).index(placed);
    awaitListed(placed.size());
  }

  @BeforeEach
  void usual() {
    elasticsearch.start();
    if (service == null) service = start();
  }

  @AfterEach
  void endRebuild() {
    if (service != null && service.operator("GET", REBUILDS + "/current", null).body().path("endedAt").isMissingNode()) {
      service.operator("POST", REBUILDS + "/current/cancel", "{}");
    }
  }

  @AfterAll
  void stop() {
    if (service != null) service.close();
    elasticsearch.close();
  }

  @Test
  void documentKeptBesideItsOrder_isSentAsItIs_unlessItIsBehindOrMadeOtherwiseOrRefused() {
    var day = today.minusDays(70); // of its own: others count what is done of a day
    var keys = place(day, 4);
    ofTheYear += 4;
    var asItIs = keys.get(0);
    var behind = keys.get(1);
    var otherwise = keys.get(2);
    var refusedOne = keys.get(3);
    var behindForLong = place(today.minusDays(500), 1).get(0);
    older++;
    service.bean(Indexer.class).index(List.of(asItIs, behind, behindForLong));
    awaitComplete(); // what fills a new index meanwhile would be in the new generation first
    var known = kept(day, asItIs);
    // Of two documents of one version Cassandra keeps the one with the higher bytes.
    keep(known, known.version(), new String(known.json(), StandardCharsets.UTF_8).replaceFirst("\"clientName\":\"", "$0~~ "));
    note(behind);
    note(behindForLong);
    keep(kept(day, otherwise), known.version() - 2, "{\"account\":\"nobody\"}"); // one projection less
    keep(kept(day, refusedOne), known.version(), "{\"creationDate\":\"nonsense\"}");

    begin("{}");
    awaitEnd(() -> {});

    assertThat(row(asItIs).path("clientName").asString()).startsWith("~~ ");
    keys.add(behindForLong);
    keys.forEach(this::assertUpToDate);
    for (var key : List.of(behind, otherwise, refusedOne)) assertThat(row(key).path("clientName").asString()).isNotEmpty().doesNotStartWith("~~ ");
    for (var key : List.of(otherwise, refusedOne)) assertThat(kept(day, key).version()).as("it is kept anew").isEqualTo(known.version());
  }

  @Test
  void documentOfTheLastDaysThatIsBehindItsOrder_isPutRightBeforeListsSwitch() {
    var behind = place(today.minusDays(3), 1).get(0);
    service.bean(Indexer.class).index(List.of(behind));
    awaitComplete();
    note(behind);
    restartSlowly();
    begin("{}");
    awaitWave(2);
    assertUpToDate(behind);
    assertThat(current().path("wave").asInt()).isEqualTo(2);
    assertThat(current().path("proving").asBoolean()).as("its proof would have found it, too").isFalse();
    restart();
    awaitEnd(() -> {});
  }

  /** What is kept beside it, and what is indexed, is behind from here on. */
  private void note(OrderKey key) {
    var store = service.bean(OrderStore.class);
    SampleOrders.applied(store.commit(SampleOrders.note(store.find(key).orElseThrow(), UUID.randomUUID(), Instant.now())));
  }

  private void assertUpToDate(OrderKey key) {
    assertThat(service.bean(IndexedVersions.class).of(read(), List.of(key))).as(key.toString()).containsEntry(key, service.bean(OrderStore.class).header(key).orElseThrow().version());
  }

  private KeptDocument kept(LocalDate day, OrderKey key) {
    var found = new ArrayList<KeptDocument>();
    service.bean(OrderDays.class).readKept(List.of(account), day, found::add);
    return found.stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
  }

  private void keep(KeptDocument beside, long version, String json) {
    service.bean(OrderDays.class).keep(List.of(new KeptDocument(beside.key(), beside.createdAt(), version, json.getBytes(StandardCharsets.UTF_8))));
  }

  private JsonNode row(OrderKey key) {
    return service.list(account, "?q=" + key.orderId()).body().at("/list/0");
  }

  /** Complete, and stays so: an index that was made just now is not noticed at once. */
  private void awaitComplete() {
    await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> service.bean(Coverage.class).completeSince().equals(Optional.of(Instant.EPOCH)));
  }

  private SearchService start(String... properties) {
    var all = new ArrayList<>(List.of(properties));
    all.add("--orders.store.keyspace=rebuild_it");
    all.add("--orders.search.fill.look-every=500ms");
    all.add("--orders.search.fill.longest-pause=1s");
    // Both would put right what a test has put wrong, before the rebuild does.
    all.add("--orders.search.reconcile.enabled=false");
    all.add("--orders.search.read-repair.enabled=false");
    all.add("--orders.search.index.others-patience=1s");
    all.add("--orders.search.index.known-within=2s");
    all.add("--orders.search.rebuild.look-every=500ms");
    all.add("--orders.search.rebuild.longest-pause=1s");
    all.add("--orders.search.rebuild.save-every=75ms");
    return SearchService.startOn(TestServers.cassandra().hostAndPort(), NO_KAFKA, elasticsearch.uri(), List.of(account), all.toArray(String[]::new));
  }

  /** Works so slowly that it can be caught at any point. */
  private void restartSlowly() {
    service.close();
    service = start("--orders.search.rebuild.threads=1", "--orders.search.rebuild.batch=2", "--orders.search.rebuild.load=0.25");
  }

  private void restart() {
    service.close();
    service = start();
  }

  @Test
  void rebuildUnderTraffic_hasEverythingInOldAndNewAndSaysWhatIsComplete() throws Exception {
    int before = read();
    var imported = importOne(today.minusDays(400));
    older++;
    service.bean(Indexer.class).index(List.of(imported));
    awaitComplete();
    var ends = new AtomicBoolean();
    var traffic = Executors.newSingleThreadExecutor();
    var changes = traffic.submit(() -> { while (!ends.get() && placed.size() < MOST) service.bean(Indexer.class).index(place(today, 2)); });
    begin("{}");
    var said = new ArrayList<Optional<Instant>>();
    awaitEnd(() -> {
      assertThat(service.list(account, "").status()).isEqualTo(200);
      var now = service.bean(Coverage.class).completeSince();
      if (said.isEmpty() || !said.get(said.size() - 1).equals(now)) said.add(now);
    });
    awaitComplete();
    ends.set(true);
    changes.get(60, TimeUnit.SECONDS);
    traffic.shutdown();

    assertThat(read()).isGreaterThan(before);
    assertThat(aliased()).isNotEmpty().allMatch(index -> index.startsWith("orders-g" + read() + "-"));
    var previous = service.bean(Generations.class).fresh().previous();
    assertThat(previous.generation()).isEqualTo(before);
    assertThat(missing(before)).isEmpty();
    assertThat(missing(read())).isEmpty();
    assertThat(es(HttpMethod.GET, "/orders-g" + read() + "-*/_settings?flat_settings=true", null)).contains("\"index.refresh_interval\":\"1s\"", "\"index.translog.flush_threshold_size\":\"512mb\"").doesNotContain("31s");
    var indices = List.copyOf(aliased());
    var past = String.join(",", indices.subList(0, indices.size() - 1));
    assertThat(es(HttpMethod.GET, "/" + past + "/_stats/translog?filter_path=_all.total.translog.uncommitted_operations", null)).as("to be read again after a crash").contains(":0}");
    awaitListed(placed.size());

    var current = current();
    assertThat(current.path("problemCount").asInt()).isEqualTo(refused);
    assertThat(current.path("waves").size()).isEqualTo(3);
    assertThat(current.at("/waves/0/orders").asLong()).as("neither the old ones nor those imported").isBetween(20L, (long) placed.size() - ofTheYear - older);
    assertThat(current.at("/waves/1/orders").asLong()).isEqualTo(ofTheYear);
    assertThat(current.at("/waves/2/orders").asLong()).isEqualTo(older);
    assertThat(current.at("/throttle/listMillis").asLong()).as("lists are looked at, too").isPositive();
    assertThat(current.at("/throttle/listLimitMillis").asLong()).isGreaterThanOrEqualTo(1_000);
    // At first the old one answers, which is complete; then the new one with the last days; then days back; then all.
    var days = said.stream().flatMap(Optional::stream).map(moment -> LocalDate.ofInstant(moment, ZoneOffset.UTC)).toList();
    assertThat(days.get(0)).isEqualTo(LocalDate.EPOCH);
    var recent = LocalDate.ofInstant(Instant.parse(current.at("/waves/0/beganAt").asString()), ZoneOffset.UTC).minusDays(7);
    assertThat(days).contains(recent);
    var after = days.subList(days.indexOf(recent), days.size() - 1);
    assertThat(after).allMatch(day -> day.isAfter(LocalDate.EPOCH) || days.lastIndexOf(day) == days.size() - 1);
  }

  @Test
  void elasticsearchKilledInTheMiddle_isWaitedFor() {
    restartSlowly();
    begin("{}");
    awaitWave(2);
    elasticsearch.kill();
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    elasticsearch.start();
    restart();
    awaitEnd(() -> {});
    assertThat(missing(read())).isEmpty();
  }

  @Test
  void indicesLostInTheMiddle_areBuiltAgain() {
    restartSlowly();
    begin("{}");
    awaitWave(2);
    int generation = current().path("generation").asInt();
    es(HttpMethod.DELETE, "/" + String.join(",", indices(generation)), null);
    await().atMost(SOON).until(() -> service.bean(Generations.class).fresh().building().wholeFrom() == null);
    assertThat(service.bean(Coverage.class).completeSince()).as("what was lost is not claimed").isEmpty();
    restart();
    awaitEnd(() -> {});
    assertThat(missing(read())).isEmpty();
    assertThat(current().path("redone").asLong()).isPositive();
  }

  @Test
  void serviceThatEndsInTheMiddle_isGoneOnWithWhereItWas() {
    restartSlowly();
    begin("{}");
    awaitWave(2);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              var claimed = service.bean(Generations.class).fresh().building().wholeFrom();
              assertThat(listed(claimed, today.minusDays(40))).as("back to " + claimed).isGreaterThanOrEqualTo(2 * (int) Math.max(0, ChronoUnit.DAYS.between(claimed, today.minusDays(39))));
              return current().at("/waves/1/orders").asLong() >= 10;
            });
    var before = current();
    restart();
    awaitEnd(() -> {});
    assertThat(missing(read())).isEmpty();
    assertThat(current().at("/waves/0")).as("the first wave was not begun again").isEqualTo(before.at("/waves/0"));
    assertThat(current().at("/waves/1/beganAt")).isEqualTo(before.at("/waves/1/beganAt"));
    assertThat(current().at("/waves/1/orders").asLong()).isEqualTo(ofTheYear);
    assertThat(current().path("redone").asLong()).as("no more than what was under way").isLessThanOrEqualTo(2);
  }

  @Test
  void pausedRebuild_goesOnWhenResumed_andNoOtherBeginsMeanwhile() {
    restartSlowly();
    begin("{}");
    awaitWave(1);
    assertThat(service.operator("POST", REBUILDS + "/current/pause", "{}").body().path("status").asString()).isEqualTo("paused");
    assertThat(service.operator("POST", REBUILDS, "{}").status()).isEqualTo(409);
    restart();
    await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> current().path("status").asString().equals("paused"));
    service.bean(Indexer.class).index(place(today, 3));
    int generation = current().path("generation").asInt();
    assertThat(missing(generation)).as("what changes is written to the new one too, whether the rebuild works or not").doesNotContainAnyElementsOf(lately(3));
    service.operator("POST", REBUILDS + "/current/resume", "{}");
    awaitEnd(() -> {});
  }

  @Test
  void cancelledBeforeTheSwitch_leavesEverythingAsItWas() {
    restartSlowly();
    int before = read();
    begin("{}");
    awaitWave(1);
    int generation = current().path("generation").asInt();
    service.operator("POST", REBUILDS + "/current/cancel", "{}");
    await().atMost(SOON).until(() -> service.bean(Generations.class).fresh().building() == null);
    await().atMost(SOON).until(() -> indices(generation).isEmpty());
    assertThat(read()).isEqualTo(before);
    awaitListed(placed.size());
    assertThat(service.operator("POST", REBUILDS + "/current/resume", "{}").status()).isEqualTo(409);
  }

  @Test
  void cancelledAfterTheSwitch_goesBack() {
    restartSlowly();
    int before = read();
    begin("{}");
    awaitWave(2);
    assertThat(read()).isGreaterThan(before);
    service.operator("POST", REBUILDS + "/current/cancel", "{}");
    await().atMost(SOON).until(() -> read() == before);
    awaitListed(placed.size());
    awaitComplete();
  }

  @Test
  void swapBack_readsThePreviousGeneration_whichHasEverything() {
    int first = read();
    begin("{}");
    awaitEnd(() -> {});
    int second = read();
    service.bean(Indexer.class).index(place(today, 5));
    var answer = service.operator("POST", "/operator/search/swap-back", "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(read()).isEqualTo(first);
    assertThat(aliased()).allMatch(index -> index.startsWith("orders-g" + first + "-"));
    awaitListed(placed.size());
    service.operator("POST", "/operator/search/swap-back", "{}");
    assertThat(read()).isEqualTo(second);
    awaitListed(placed.size());
  }

  @Test
  void previousGeneration_isDeletedWhenItsTimeIsOver() {
    int first = read();
    begin("{}");
    awaitEnd(() -> {});
    service.close();
    service = start("--orders.search.rebuild.keep-previous=1s");
    await().atMost(SOON).until(() -> indices(first).isEmpty());
    await().atMost(SOON).until(() -> service.bean(Generations.class).fresh().retired().isEmpty());
    assertThat(service.operator("POST", "/operator/search/swap-back", "{}").status()).isEqualTo(409);
  }

  @Test
  void rebuildOfOneAccount_writesOverDocumentsOfTheSameVersion() {
    var key = place(today.minusDays(3), 1).get(0);
    service.bean(Indexer.class).index(List.of(key));
    awaitListed(placed.size());
    int generation = read();
    corrupt(key);
    assertThat(service.list(account, "?q=" + key.orderId()).body().at("/paging/total").asInt()).isZero();
    begin("{\"account\":\"" + account + "\",\"since\":\"" + today.minusDays(5) + "\"}");
    awaitEnd(() -> {});
    assertThat(read()).isEqualTo(generation);
    await().atMost(SOON).until(() -> service.list(account, "?q=" + key.orderId()).body().at("/paging/total").asInt() == 1);
    awaitListed(placed.size());
  }

  @Test
  void orderThatTheIndexRefuses_isListedAndStopsNothing() {
    var key = place(today.minusDays(1), 1, deep()).get(0);
    refused++;
    begin("{}");
    awaitEnd(() -> {});
    assertThat(current().path("problemCount").asInt()).isEqualTo(refused);
    assertThat(current().path("problems").toString()).contains(key.toString());
    assertThat(current().path("problems").toString()).contains("without its content");
    assertThat(missing(read())).isEmpty();
  }

  @Test
  void strictRebuild_waitsBeforeTheSwitchIfListsDiffer() {
    var key = place(today.minusDays(1), 1).get(0);
    service.bean(Indexer.class).index(List.of(key));
    awaitListed(placed.size());
    int before = read();
    corrupt(key);
    assertThat(service.list(account, "?q=" + key.orderId()).body().at("/paging/total").asInt()).isZero();
    begin("{\"strict\":true}");
    await().atMost(REBUILT).until(() -> current().path("status").asString().equals("paused"));
    assertThat(current().path("differences").size()).isPositive();
    assertThat(read()).isEqualTo(before);
    service.operator("POST", REBUILDS + "/current/resume", "{}");
    awaitEnd(() -> {});
    assertThat(read()).isGreaterThan(before);
  }

  @Test
  void indexThatCannotBeRead_isLeftAtOnce() {
    restartSlowly();
    int before = read();
    for (var index : indices(before)) es(HttpMethod.POST, "/" + index + "/_close", null);
    begin("{}");
    await().atMost(SOON).until(() -> read() > before);
    assertThat(service.bean(Coverage.class).completeSince()).isEmpty();
    await().atMost(SOON).ignoreException(HttpClientErrorException.NotFound.class).until(() -> aliased().stream().noneMatch(index -> index.startsWith("orders-g" + before + "-")));
    restart();
    awaitEnd(() -> {});
    assertThat(missing(read())).isEmpty();
    await().atMost(SOON).until(() -> indices(before).isEmpty());
  }

  @Test
  void newGenerationThatTakesNoWrites_holdsUpTheOneThatIsReadForAWhileOnly() {
    restartSlowly();
    begin("{}");
    awaitWave(1);
    await().atMost(SOON).until(() -> !indices(current().path("generation").asInt()).isEmpty());
    int generation = current().path("generation").asInt();
    block(generation, true);
    await().atMost(SOON).ignoreException(IndexUnavailable.class).until(() -> !service.bean(Indexer.class).index(place(today, 1)).versions().isEmpty());
    awaitListed(placed.size());
    await().atMost(SOON).until(() -> current().path("status").asString().equals("paused"));
    assertThat(current().path("note").asString()).contains("takes no writes");
    block(generation, false);
    restart();
    service.operator("POST", REBUILDS + "/current/resume", "{}");
    awaitEnd(() -> {});
    assertThat(read()).isEqualTo(generation);
    assertThat(missing(generation)).isEmpty();
  }

  private void block(int generation, boolean isBlocked) {
    es(HttpMethod.PUT, "/orders-g" + generation + "-*/_settings", "{\"index.blocks.write\":" + isBlocked + "}");
  }

  @Test
  void previousGenerationThatTakesNoWrites_isGivenUp() {
    int previous = read();
    begin("{}");
    awaitEnd(() -> {});
    block(previous, true);
    await().atMost(SOON).ignoreException(IndexUnavailable.class).until(() -> !service.bean(Indexer.class).index(place(today, 1)).versions().isEmpty());
    assertThat(service.bean(Generations.class).fresh().previous()).isNull();
    assertThat(read()).isGreaterThan(previous);
    await().atMost(SOON).until(() -> indices(previous).isEmpty());
  }

  @Test
  void whatIsAskedWrongly_isRefused() {
    assertThat(service.operator("POST", REBUILDS, "{\"account\":\"nobody-known\"}").status()).isEqualTo(400);
    assertThat(service.operator("POST", REBUILDS, "{\"since\":\"yesterday\"}").status()).isEqualTo(400);
    assertThat(service.operator("POST", REBUILDS, "{\"since\":\"" + today.plusDays(2) + "\"}").status()).isEqualTo(400);
    assertThat(service.operator("POST", REBUILDS, "[]").status()).isEqualTo(400);
    assertThat(service.send("POST", REBUILDS, Map.of(), "{}").status()).isEqualTo(401);
  }

  private List<OrderKey> place(LocalDate day, int number) {
    return place(day, number, Map.of());
  }

  /** As checkout does, and the relay after it. */
  private synchronized List<OrderKey> place(LocalDate day, int number, Map<String, Object> more) {
    var keys = new ArrayList<OrderKey>();
    var at = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    if (at.isAfter(Instant.now())) at = Instant.now();
    for (int i = 0; i < number; i++) {
      var key = SampleOrders.newKey(account);
      var fields = new LinkedHashMap<>(SampleOrders.document(1));
      fields.putAll(more);
      var document = OrderDocument.placed(fields);
      var decision = Decision.place(key, new Change.Placed(Flow.COMPLETE, "d1", document.value(), "500123", null), UUID.randomUUID(), at, "key:test").move(OrderStatus.ON_ORDER_COMPLETED);
      service.bean(OrderStore.class).commit(new OrderCommit(decision, Map.of("d1", document.fields()), null));
      keys.add(key);
    }
    log(keys, "placed", 2, at);
    placed.addAll(keys);
    return keys;
  }

  private OrderKey importOne(LocalDate day) {
    var key = SampleOrders.newKey(account);
    var fields = new LinkedHashMap<>(SampleOrders.document(1));
    fields.put("orderId", key.orderId());
    fields.put("status", "invoiced");
    fields.put("creationDate", day + "T12:00:00.0000000+00:00");
    var order = ImportedOrder.of(fields, account, "d1", false, Instant.now());
    var decision = Decision.take(key, order, UUID.randomUUID(), Instant.now(), "key:test");
    service.bean(OrderStore.class).commit(new OrderCommit(decision, Map.of("d1", order.document().fields()), null));
    log(List.of(key), "imported", 1, Instant.now());
    placed.add(key);
    return key;
  }

  private void log(List<OrderKey> keys, String type, long version, Instant at) {
    var log = service.bean(EventLog.class);
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var entries = keys.stream().map(key -> new LogEntry(key.orderId(), version, "on-order-completed", null, "Marketplace", type, at, null, now)).toList();
    log.append(account, log.head(account), entries);
  }

  private static Map<String, Object> deep() {
    Object deep = "bottom";
    for (int i = 0; i < 30; i++) deep = Map.of("level", deep);
    return Map.of("customData", Map.of("customApps", List.of(Map.of("id", "app", "major", 1, "fields", Map.of("deep", deep)))));
  }

  private List<OrderKey> lately(int number) {
    return List.copyOf(placed).subList(placed.size() - number, placed.size());
  }

  /** The document cannot be found by its words any more, in the same version and with the same sums, in the generation that is read. */
  private void corrupt(OrderKey key) {
    var day = LocalDate.ofInstant(service.bean(OrderStore.class).find(key).orElseThrow().createdAt(), ZoneOffset.UTC);
    var index = indices(read()).stream().filter(each -> each.contains(quarter(day))).findFirst().orElseThrow();
    var id = URLEncoder.encode(key.account() + "/" + key.orderId(), StandardCharsets.UTF_8);
    var stored = URI.create(elasticsearch.uri() + "/" + index + "/_doc/" + id);
    var document = RestClient.create().get().uri(stored).retrieve().body(JsonNode.class);
    var version = document.path("_version").asLong();
    ((ObjectNode) document.path("_source")).remove("words");
    RestClient.create()
        .put()
        .uri(URI.create(stored + "?refresh=true&version_type=external_gte&version=" + version))
        .contentType(MediaType.APPLICATION_JSON)
        .body(document.path("_source").toString())
        .retrieve()
        .toBodilessEntity();
  }

  private static String quarter(LocalDate day) {
    return "%dq%d".formatted(day.getYear(), (day.getMonthValue() + 2) / 3);
  }

  private void begin(String body) {
    await().atMost(SOON).until(() -> service.operator("POST", REBUILDS, body).status() == 202);
  }

  private JsonNode current() {
    return service.operator("GET", REBUILDS + "/current", null).body();
  }

  private void awaitWave(int wave) {
    await().atMost(REBUILT).pollInterval(Duration.ofMillis(100)).until(() -> current().path("wave").asInt() >= wave);
  }

  private void awaitEnd(Runnable meanwhile) {
    await()
        .atMost(REBUILT)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              meanwhile.run();
              return current().path("status").asString().equals("done");
            });
  }

  private int read() {
    return service.bean(Generations.class).fresh().read();
  }

  private Collection<OrderKey> missing(int generation) {
    service.bean(IndexedVersions.class).settle(generation);
    var missing = new TreeSet<>(Comparator.comparing(OrderKey::orderId));
    missing.addAll(placed);
    missing.removeAll(service.bean(IndexedVersions.class).of(generation, placed).keySet());
    return missing;
  }

  private Set<String> indices(int generation) {
    return names("/orders-g" + generation + "-*?expand_wildcards=all");
  }

  private Set<String> aliased() {
    return names("/_alias/orders");
  }

  private Set<String> names(String path) {
    var names = new TreeSet<String>();
    RestClient.create(elasticsearch.uri().toString()).get().uri(path).retrieve().body(JsonNode.class).properties().forEach(each -> names.add(each.getKey()));
    return names;
  }

  private int listed(LocalDate from, LocalDate to) {
    var filter = "creationDate:[" + from + "T00:00:00.000Z TO " + to + "T23:59:59.999Z]";
    return service.list(account, "?f_creationDate=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)).body().at("/paging/total").asInt();
  }

  private void awaitListed(int number) {
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(service.list(account, "").body().at("/paging/total").asInt(-1)).isEqualTo(number));
  }

  private String es(HttpMethod method, String path, @Nullable String body) {
    var request = RestClient.create(elasticsearch.uri().toString()).method(method).uri(path);
    if (body != null) request.contentType(MediaType.APPLICATION_JSON).body(body);
    return request.retrieve().body(String.class);
  }
}
