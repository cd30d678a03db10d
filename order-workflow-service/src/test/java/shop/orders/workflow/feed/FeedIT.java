package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.Lifecycle;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.store.EventLog;
import shop.orders.workflow.Api;
import shop.orders.workflow.Merchant;
import tools.jackson.databind.JsonNode;

/** What our feeds can do beyond the public API's, over HTTP, on a real Cassandra. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FeedIT {
  private static final int DELIVERIES = 8;

  @Value("${local.server.port}")
  int port;

  @Value("${orders.store.keyspace}")
  String keyspace;

  @Autowired EventLog log;
  @Autowired LogPositions positions;
  @Autowired CqlSession session;
  @Autowired MeterRegistry meters;

  @Autowired
  @Qualifier("lanes")
  Lifecycle lanes;

  private FeedUser erp;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    FeedUser.properties(registry);
    registry.add("orders.feed.deliveries-before-parking", () -> DELIVERIES);
    registry.add("orders.status.every", () -> "1h"); // its statements would be counted
  }

  @BeforeEach
  void account() {
    erp = new FeedUser(port, log);
  }

  @Test
  void namedFeeds_haveTheirOwnPlaceConfigurationAndHandles() {
    erp.configure("", 30);
    erp.configure("?feed=test", 60, "filter", Map.of("status", List.of("handling")));
    erp.append("o", 3);
    var items = erp.read("?FEED=test&maxlot=2");
    assertThat(items).hasSize(2);
    var stolen = erp.commit("", items);
    assertThat(stolen.status()).isEqualTo(400);
    assertThat(stolen.json().path("errors").has("Handles")).isTrue();
    FeedUser.ok(erp.commit("?feed=test", items));
    assertThat(erp.read("")).hasSize(3);
    var listed = erp.get("/configs");
    assertThat(listed).extracting(f -> f.path("feed").asString()).containsExactly("", "test");
    assertThat(listed).extracting(f -> f.path("quantity").asInt()).containsExactly(3, 1);
    assertThat(listed.get(1).at("/queue/visibilityTimeoutInSeconds").asInt()).isEqualTo(60);
    FeedUser.ok(erp.api.send("DELETE", "/api/orders/feed/config?feed=test", null, Map.of()));
    assertThat(erp.api.get("/api/orders/feed?feed=test").status()).isEqualTo(404);
    assertThat(erp.get("/configs")).hasSize(1);
  }

  @Test
  void namedCommits_workWhateverTheBodyIsLabelled() {
    erp.configure("?feed=test", 30);
    erp.append("o", 2);
    var handles = erp.read("?feed=test").stream().map(i -> i.path("handle").asString()).toList();
    var form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    FeedUser.ok(erp.api.send("POST", "/api/orders/feed?feed=test", Api.JSON.writeValueAsString(handles), form));
    assertThat(erp.get("/config?feed=test").path("quantity").asInt()).isZero();
  }

  @Test
  void aKey_hasAtMostTwentyFeeds() {
    for (int i = 0; i < 20; i++) erp.configure("?feed=f" + i, 30);
    var refused = erp.api.post("/api/orders/feed/config?feed=f20", Map.of("queue", Map.of()));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/feed/0").asString()).contains("20");
    erp.configure("?feed=f19", 60);
  }

  @Test
  void startOfAFeedThatIsThere_isRefused_unlessItStandsThere() {
    erp.append("o", 2);
    erp.configure("", 30);
    var refused = erp.api.post("/api/orders/feed/config", Map.of("queue", Map.of(), "from", Map.of("date", "2026-11-23T12:00:00Z")));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").propertyNames()).containsExactly("from");
    FeedUser.ok(erp.api.post("/api/orders/feed/config", Map.of("queue", Map.of(), "from", Map.of("date", Instant.now().plusSeconds(60).toString()))));
  }

  @Test
  void rewind_toADate_anEvent_andAnOrder() {
    var merchant = Merchant.open(port, "operator-token-of-the-test");
    var api = merchant.api();
    FeedUser.ok(api.post("/api/orders/feed/config", Map.of("queue", Map.of())));
    var first = merchant.handling(Merchant.item("1", 100, 1));
    var events = new ArrayList<JsonNode>();
    await().until(() -> take(api, events) && events.get(events.size() - 1).path("state").asString().equals("handling"));
    var before = Instant.now();
    var second = merchant.handling(Merchant.item("1", 100, 1));
    int one = events.size();
    await().until(() -> take(api, events) && events.size() == 2 * one);

    assertThat(rewind(api, Map.of("orderId", second))).hasSize(one).allMatch(i -> i.get("orderId").equals(second));
    assertThat(rewind(api, Map.of("orderId", first))).hasSize(2 * one).isEqualTo(withoutHandles(events));
    assertThat(rewind(api, Map.of("date", before.toString()))).hasSize(one);
    assertThat(rewind(api, Map.of("eventId", events.get(3).path("eventId").asString()))).isEqualTo(withoutHandles(events.subList(3, 2 * one)));
    assertThat(rewind(api, Map.of("date", Instant.now().plusSeconds(60).toString()))).isEmpty();
  }

  private boolean take(Api api, List<JsonNode> events) {
    var items = FeedUser.items(FeedUser.ok(api.get("/api/orders/feed")));
    if (!items.isEmpty()) FeedUser.ok(api.post("/api/orders/feed", items.stream().map(i -> i.path("handle").asString()).toList()));
    return events.addAll(items);
  }

  /** @return what came then, committed */
  private List<Map<String, Object>> rewind(Api api, Map<String, Object> point) {
    var answer = FeedUser.ok(api.post("/api/orders/feed/rewind", point)).json();
    assertThat(answer.propertyNames()).containsExactly("feed", "from", "quantity");
    var again = new ArrayList<JsonNode>();
    while (take(api, again)) assertThat(again).isNotEmpty();
    assertThat(answer.path("quantity").asInt()).isEqualTo(again.size());
    if (!again.isEmpty()) assertThat(answer.path("from")).isEqualTo(again.get(0).path("currentChange"));
    return withoutHandles(again);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> withoutHandles(List<JsonNode> items) {
    var all = new ArrayList<Map<String, Object>>();
    for (var item : items) {
      var fields = (Map<String, Object>) Api.JSON.convertValue(item, Map.class);
      fields.remove("handle");
      all.add(fields);
    }
    return all;
  }

  @Test
  void handlesOfBeforeARewind_answer200AndCommitNothingOfIt() {
    erp.configure("", 30);
    erp.append("o", 3);
    var old = erp.read("");
    assertThat(erp.post("/rewind", Map.of("eventId", old.get(1).path("eventId").asString())).path("quantity").asInt()).isEqualTo(3);
    FeedUser.ok(erp.commit("", old));
    assertThat(erp.get("/config").path("quantity").asInt()).isEqualTo(2);
    assertThat(erp.drain("")).containsExactly("o1", "o2");
  }

  @Test
  void aNewFeed_startsWhereItIsTold() {
    erp.append("o", 5);
    erp.configure("?feed=late", 30, "from", Map.of("date", "2020-01-01T00:00:00Z"));
    assertThat(erp.drain("?feed=late")).containsExactly("o0", "o1", "o2", "o3", "o4");
    var again = erp.api.post("/api/orders/feed/config?feed=late", Map.of("queue", Map.of(), "from", Map.of("date", "2020-01-01T00:00:00Z")));
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().at("/errors/from/0").asString()).contains("rewind");
    erp.configure("", 30);
    assertThat(erp.read("")).isEmpty();
  }

  @Test
  void anItemNeverCommitted_isParkedAndCanBeReplayedOrGivenUp() {
    erp.configure("", 0);
    erp.append("o", 2);
    var seen = new ArrayList<String>();
    for (var items = erp.read(""); !items.isEmpty(); items = erp.read("")) items.forEach(i -> seen.add(i.path("orderId").asString()));
    assertThat(seen).hasSize(2 * DELIVERIES);
    var parked = erp.get("/parked");
    assertThat(parked.propertyNames()).containsExactly("feed", "quantity", "full", "parked", "next");
    var items = parked.path("parked");
    assertThat(items).hasSize(2).extracting(i -> i.path("reason").asString()).containsOnly("delivered " + DELIVERIES + " times and never committed");
    assertThat(items.get(0).propertyNames()).containsExactly("eventId", "orderId", "state", "deliveries", "since", "reason");
    erp.append("next", 1);
    assertThat(erp.drain("")).containsExactly("next0");
    var ids = List.of(items.get(0).path("eventId").asString());
    assertThat(erp.post("/parked/discard", Map.of("eventIds", ids)).path("discarded").asInt()).isEqualTo(1);
    assertThat(erp.post("/parked/discard", Map.of("eventIds", ids)).path("discarded").asInt()).isZero();
    assertThat(erp.post("/parked/replay", Map.of()).path("replayed").asInt()).isEqualTo(1);
    assertThat(erp.drain("")).containsExactly("o1");
    assertThat(erp.get("/parked").path("quantity").asInt()).isZero();
  }

  @Test
  void whatRetentionRemoved_isToldUntilAcknowledged() {
    erp.configure("", 30);
    erp.append("o", 20_050);
    session.execute("DELETE FROM " + keyspace + ".event_log WHERE account = ? AND bucket = 0 AND seq >= 0", erp.account);
    session.execute("DELETE FROM " + keyspace + ".event_log WHERE account = ? AND bucket = 1 AND seq < 19990", erp.account);
    assertThat(erp.get("/config").path("quantity").asInt()).isEqualTo(60);
    var read = FeedUser.ok(erp.api.get("/api/orders/feed"));
    assertThat(FeedUser.items(read)).hasSize(10).extracting(i -> i.path("orderId").asString()).startsWith("o19990");
    assertThat(read.headers().firstValue("X-Feed-Gap")).contains("0-19989");
    await().until(() -> erp.get("/gaps").at("/gaps/0/state").asString().equals("incomplete")); // these events are no order's
    var listed = erp.get("/gaps");
    assertThat(listed.propertyNames()).containsExactly("feed", "quantity", "gaps");
    assertThat(listed.path("quantity").asInt()).isEqualTo(19_990);
    assertThat(listed.at("/gaps/0").propertyNames()).containsExactly("from", "to", "quantity", "state", "since", "until", "refilled");
    assertThat(listed.at("/gaps/0/to").asInt()).isEqualTo(19_989);
    assertThat(listed.at("/gaps/0/refilled").asInt()).isZero();
    assertThat(FeedUser.ok(erp.api.get("/api/orders/feed?gaps=items")).json().path(0).path("gap")).isEqualTo(listed.at("/gaps/0"));
    assertThat(erp.post("/gaps/acknowledge", Map.of("to", 99)).path("acknowledged").asInt()).isEqualTo(100);
    assertThat(erp.post("/gaps/acknowledge", Map.of()).path("gaps")).isNotEmpty().allMatch(gap -> gap.path("state").asString().equals("acknowledged"));
    assertThat(FeedUser.ok(erp.api.get("/api/orders/feed")).headers().firstValue("X-Feed-Gap")).isEmpty();
    assertThat(erp.drain("")).hasSize(30);
  }

  @Test
  void momentBefore_looksAcrossTheLogsPartitions() {
    erp.append("a", 10_000); // one partition
    erp.append("b", 10);
    var last = log.read(erp.account, 10_009, 1).get(0).entry().at();
    assertThat(positions.momentBefore(erp.account, 10_010)).isAfter(last);
  }

  @Test
  void aRehearsal_tellsWhatAFeedStartedThenDelivers() {
    erp.append("o", 25);
    var told = erp.post("/rehearse", Map.of("filter", Map.of("status", List.of("handling")), "days", 7));
    assertThat(told.propertyNames()).containsExactly("from", "count", "complete", "countedUpTo", "missed", "samples");
    assertThat(told.path("count").asInt()).isEqualTo(25);
    assertThat(told.path("complete").asBoolean()).isTrue();
    assertThat(told.path("samples")).hasSize(10);
    erp.configure("?feed=then", 30, "from", Map.of("date", told.path("from").asString()));
    assertThat(erp.drain("?feed=then")).hasSize(25);
    assertThat(erp.post("/rehearse", Map.of("filter", Map.of("status", List.of("invoiced")), "days", 1)).path("count").asInt()).isZero();
  }

  @Test
  void fourReadersThatForget_commitEveryEventAndSeeNoCommittedOneAgain() throws Exception {
    int events = 2_000;
    erp.configure("", 1);
    erp.append("o", events);
    Set<String> committed = ConcurrentHashMap.newKeySet();
    var again = Collections.synchronizedList(new ArrayList<String>());
    var readers = Executors.newFixedThreadPool(4);
    try {
      var work = IntStream.range(0, 4).<Callable<Integer>>mapToObj(r -> () -> consume(new Random(r), events, committed, again)).toList();
      int forgotten = 0;
      for (var done : readers.invokeAll(work)) forgotten += done.get();
      assertThat(forgotten).isPositive();
    } finally {
      readers.shutdownNow();
    }
    assertThat(again).isEmpty();
    assertThat(committed).hasSize(events);
    assertThat(erp.get("/config").path("quantity").asInt()).isZero();
  }

  private int consume(Random random, int events, Set<String> committed, List<String> again) {
    int forgotten = 0;
    while (committed.size() < events) {
      var before = new HashSet<>(committed);
      var items = FeedUser.items(FeedUser.patiently(() -> erp.api.get("/api/orders/feed?wait=1")));
      items.stream().map(i -> i.path("orderId").asString()).filter(before::contains).forEach(again::add);
      if (items.isEmpty()) continue;
      if (random.nextInt(10) == 0) {
        forgotten++;
        continue;
      }
      FeedUser.patiently(() -> erp.commit("", items));
      items.forEach(i -> committed.add(i.path("orderId").asString()));
    }
    return forgotten;
  }

  /** With a long backlog, of which a tenth is forgotten and comes again. The lanes' own statements would count too, so they rest. */
  @Test
  void aPollAndACommit_costAtMostFiveStatements() {
    lanes.stop();
    try {
      erp.append("before", 9_000);
      erp.configure("", 1);
      erp.append("o", 5_000); // over the border of a bucket
      var costs = new TreeMap<Long, Integer>();
      long start = System.nanoTime();
      for (int i = 0; i < 300; i++) {
        var before = statements();
        var items = erp.read("");
        if (i % 10 == 0) continue;
        FeedUser.ok(erp.commit("", items));
        costs.merge(statements() - before, 1, Integer::sum);
      }
      long configurationReads = 2 * (1 + Duration.ofNanos(System.nanoTime() - start).toSeconds() / 10); // key and feed, every ten seconds
      assertThat(costs.tailMap(6L).values().stream().mapToLong(n -> n).sum()).as("%s", costs).isLessThanOrEqualTo(configurationReads);
      assertThat(costs.lastKey()).as("%s", costs).isLessThanOrEqualTo(7);
    } finally {
      lanes.start();
    }
  }

  private long statements() {
    return (long) meters.find("orders.store.statements").counters().stream().mapToDouble(Counter::count).sum();
  }

  /** The public API's own samples, which are not ours to copy: {@code -Dvtex.reference=DIR}. */
  @Test
  @EnabledIfSystemProperty(named = "vtex.reference", matches = ".+", disabledReason = "the VTEX reference documents are not part of this project; give their place with -Dvtex.reference=DIR")
  void sampleRequests_areTakenAndSampleItemsHaveOurShape() throws IOException {
    FeedUser.ok(erp.api.post("/api/orders/feed/config", sample("config-post-request-fromworkflow.json")));
    erp.append("o", 1);
    var shown = erp.get("/config");
    assertThat(shown.propertyNames()).containsExactlyElementsOf(sample("config-get-response.json").propertyNames());
    assertThat(shown.path("queue").propertyNames()).containsExactlyElementsOf(sample("config-get-response.json").path("queue").propertyNames());
    var name = erp.get("/config").at("/filter/status/0").asString();
    assertThat(sample("config-post-request-fromworkflow.json").at("/filter/status/0").asString()).isEqualTo(name);
    erp.configure("", 30);
    assertThat(erp.read("").get(0).propertyNames()).containsAll(sample("get-feed-items.json").path(0).propertyNames());
    var commit = erp.api.post("/api/orders/feed", sample("commit-request.json"));
    assertThat(commit.json().path("errors").propertyNames()).as("read, and refused because it is another's").containsExactly("Handles");
  }

  private static JsonNode sample(String name) throws IOException {
    return Api.JSON.readTree(Files.readString(Path.of(System.getProperty("vtex.reference"), "fixtures", "feed", name)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "GET  | ?feed=a%20b           |    | 400 | feed",
      "GET  | ?wait=21              |    | 400 | wait",
      "GET  | ?wait=-1              |    | 400 | wait",
      "GET  | ?wait=soon            |    | 400 | wait",
      "GET  | ?gaps=all             |    | 400 | gaps",
      "GET  | ?feed=none            |    | 404 |",
      "POST | ?feed=none            | [] | 404 |",
      "POST | /config?feed=x.y      | {} | 400 | feed",
      "GET  | /config?feed=none     |    | 404 |",
      "POST | /rewind               |    | 400 | body",
      "POST | /rewind               | {} | 400 | body",
      "POST | /rewind               | [] | 400 | body",
      "POST | /rewind               | junk | 400 |",
      "POST | /rewind               | {\"date\":\"2026-11-23T12:00:00Z\",\"orderId\":\"a-01\"} | 400 | body",
      "POST | /rewind               | {\"date\":\"yesterday\"} | 400 | date",
      "POST | /rewind               | {\"date\":7} | 400 | date",
      "POST | /rewind               | {\"eventId\":\"7\"} | 400 | eventId",
      "POST | /rewind               | {\"eventId\":\"00000000000000000000000000000000\"} | 404 |",
      "POST | /rewind               | {\"orderId\":\"none-01\"} | 404 |",
      "POST | /rewind               | {\"orderId\":\"/\"} | 404 |",
      "POST | /rewind?feed=none     | {\"orderId\":\"none-01\"} | 404 |",
      "POST | /config?feed=new      | {\"queue\":{},\"from\":{}} | 400 | from",
      "POST | /config?feed=new      | {\"queue\":{},\"from\":{\"eventId\":\"00000000000000000000000000000000\"}} | 404 |",
      "POST | /config               | {\"queue\":{},\"filter\":{\"type\":\"FromOrders\",\"expression\":\"value >\"}} | 400 | Filter.Expression",
      "POST | /config               | {\"queue\":{},\"filter\":{\"type\":\"FromOrders\"}} | 400 | Filter.Expression",
      "POST | /config               | {\"queue\":{},\"filter\":{\"type\":\"FromOrders\",\"expression\":7}} | 400 | Filter.Expression",
      "POST | /config               | {\"queue\":{},\"filter\":{\"expression\":\"true\",\"disableSingleFire\":\"x\"}} | 400 | Filter.DisableSingleFire",
      "POST | /config               | {\"queue\":{},\"filter\":{\"status\":[\"invoised\"]}} | 400 | Filter.Status",
      "POST | /rehearse             | {\"days\":7,\"filter\":{\"status\":[\"invoised\"]}} | 400 | Filter.Status",
      "POST | /rehearse             | {\"days\":7,\"filter\":{\"expression\":\"value >\"}} | 400 | Filter.Expression",
      "GET  | /parked?feed=none     |    | 404 |",
      "GET  | /parked?after=7       |    | 400 | after",
      "POST | /parked/replay        | [] | 400 | eventIds",
      "POST | /parked/replay        | {\"eventIds\":\"x\"} | 400 | eventIds",
      "POST | /parked/replay        | {\"eventIds\":[7]} | 400 | eventIds",
      "POST | /parked/replay        | {\"eventIds\":[\"x\"]} | 400 | eventIds",
      "POST | /parked/discard       | {} | 400 | eventIds",
      "POST | /parked/discard       |    | 400 | body",
      "POST | /parked/discard?feed=none | {} | 404 |",
      "GET  | /gaps?feed=none       |    | 404 |",
      "POST | /gaps/acknowledge     | {\"to\":\"x\"} | 400 | to",
      "POST | /gaps/acknowledge     | {\"to\":-1} | 400 | to",
      "POST | /gaps/acknowledge     | [] | 400 | to",
      "POST | /rehearse             |    | 400 | body",
      "POST | /rehearse             | {} | 400 | days",
      "POST | /rehearse             | {\"days\":0} | 400 | days",
      "POST | /rehearse             | {\"days\":31} | 400 | days",
      "POST | /rehearse             | {\"days\":\"7\"} | 400 | days",
      "POST | /rehearse             | {\"days\":7,\"filter\":{\"type\":\"FromOrders\",\"status\":[]}} | 400 | Filter.Expression",
      "POST | /rehearse             | {\"days\":7,\"filter\":{\"type\":\"FromOrders\",\"status\":[\"invoiced\"]}} | 409 |",
  })
  void badRequests_areProblems(String method, String path, @Nullable String body, int status, @Nullable String field) {
    erp.configure("", 30);
    var answer = erp.api.send(method, "/api/orders/feed" + path, body, Map.of("Content-Type", "application/json"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    var problem = answer.json();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.propertyNames()).contains("type", "title", "traceId");
    if (field != null) assertThat(problem.path("errors").propertyNames()).containsExactly(field);
    assertThat(erp.api.get("/api/orders/feed/config?feed=new").status()).isEqualTo(404);
  }
}
