package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;
import static shop.orders.search.TestOrders.order;

import co.elastic.clients.json.JsonData;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.TestOrders;
import shop.orders.testservers.TestServers;

class IndexerIT {
  private static final String INDEX = "orders-g1-2026q4";

  private final HeldOrders orders = new HeldOrders();

  @Test
  void order_isIndexedUnderItsKeyAndVersion() {
    run((indexer, search, client) -> {
      var key = orders.put(order("it-plain", "v1-01").through(ON_ORDER_COMPLETED, PAYMENT_PENDING));
      var report = indexer.index(List.of(key));
      assertThat(report).isEqualTo(new IndexReport(Map.of(key, 3L), Map.of(), Set.of(), Map.of()));
      var stored = TestIndex.stored(client, INDEX, "it-plain/v1-01");
      assertThat(stored.version()).isEqualTo(3 << 10 | OrderProjection.PROJECTION << 1 | 1);
      assertThat(stored.source().get("status")).isEqualTo("payment-pending");
      assertThat(((Map<?, ?>) stored.source().get("row")).keySet().stream().map(Object::toString).toList())
          .startsWith("orderId", "creationDate", "clientName", "items", "totalValue");
    });
  }

  @Test
  void olderVersion_neverOverwritesANewerOne() {
    run((indexer, search, client) -> {
      var old = order("it-older", "v1-01").through(ON_ORDER_COMPLETED);
      var key = orders.put(new HeldOrders.Held(TestOrders.next(old.order(), PAYMENT_PENDING), old.documents()));
      indexer.index(List.of(key));
      orders.put(old); // a late reader of a lagging replica
      assertThat(indexer.index(List.of(key)).versions()).containsOnlyKeys(key);
      assertThat(TestIndex.stored(client, INDEX, "it-older/v1-01").source().get("status")).isEqualTo("payment-pending");
    });
  }

  @Test
  void poison_isIndexedAsSkeletonAndTheOthersFlow() {
    run((indexer, search, client) -> {
      var keys = new ArrayList<OrderKey>();
      for (int i = 0; i < 20; i++) {
        var each = order("it-poison", "v%02d-01".formatted(i)).total(1000 + i, 2).client("Ana", "Souza", "ana@mail.com", "1");
        keys.add(orders.put((i == 7 ? each.poisoned() : each).placed()));
      }
      var report = indexer.index(keys);
      assertThat(report.versions()).containsOnlyKeys(keys);
      assertThat(report.skeletons()).containsOnlyKeys(keys.get(7));
      assertThat(report.skeletons().get(keys.get(7))).contains("depth");
      var skeleton = TestIndex.stored(client, INDEX, "it-poison/v07-01").source();
      assertThat(skeleton.get("problem")).isEqualTo(report.skeletons().get(keys.get(7)));
      assertThat(skeleton.get("totalValue")).isEqualTo(1007);
      assertThat(skeleton.get("status")).isEqualTo("order-created");
      assertThat(skeleton.get("custom")).isNull();
      assertThat(TestIndex.stored(client, INDEX, "it-poison/v08-01").source().get("problem")).isNull();
    });
  }

  @Test
  void orderWithoutItsDocument_isIndexedAsSkeleton() {
    run((indexer, search, client) -> {
      var key = orders.put(new HeldOrders.Held(order("it-nodoc", "v1-01").placed().order(), Map.of()));
      assertThat(indexer.index(List.of(key)).skeletons().get(key)).contains("has no document d1");
    });
  }

  @Test
  void unknownOrder_isReportedAbsent() {
    run((indexer, search, client) -> {
      var key = new OrderKey("it-absent", "v1-01");
      assertThat(indexer.index(List.of(key)).absent()).containsExactly(key);
    });
  }

  @Test
  void idTooLongForTheIndex_isReportedAndTheOthersFlow() {
    run((indexer, search, client) -> {
      var tooLong = orders.put(order("it-long", "\u00e9\u20ac".repeat(100)).placed());
      var usual = orders.put(order("it-long", "v1-01").placed());
      var longest = new OrderKey("it-long", "\u20ac".repeat(200));
      orders.put(order("it-long", longest.orderId()).placed());
      var report = indexer.index(List.of(tooLong, usual, longest));
      assertThat(report.versions()).containsOnlyKeys(tooLong, usual);
      assertThat(report.unreadable()).containsOnlyKeys(longest);
    });
  }

  @Test
  void indexBeingMade_failsNoList() {
    run((indexer, search, client) -> {
      indexer.index(List.of(orders.put(order("it-made", "v0-01").placed())));
      var quarters = IntStream.range(0, 12).mapToObj(i -> LocalDate.of(1990, 1, 1).plusMonths(3L * i)).toList();
      // By plain requests: our client sends again what was not answered, a second later.
      var list = HttpRequest.newBuilder(TestServers.elasticsearch().uri().resolve("/orders/_search?size=0&allow_partial_search_results=false")).build();
      var over = new AtomicBoolean();
      var answers = CompletableFuture.supplyAsync(() -> answers(list, over));
      try {
        for (var day : quarters) indexer.index(List.of(orders.put(order("it-made", "v-" + day).at(day + "T00:00:00Z").placed())));
      } finally {
        over.set(true);
      }
      assertThat(answers.join().keySet()).containsExactly(200);
      assertThat(client.indices().getAlias(a -> a.name("orders").index("orders-g1-199*")).aliases()).as("all of them are read").hasSize(quarters.size());
      client.indices().delete(d -> d.index(quarters.stream().map(day -> IndexName.of(1, day.atStartOfDay().toInstant(ZoneOffset.UTC)).name()).toList()));
    });
  }

  /** How many there were of each status, from now until it is over. */
  private static Map<Integer, Integer> answers(HttpRequest request, AtomicBoolean over) {
    var http = HttpClient.newHttpClient();
    var answers = new HashMap<Integer, Integer>();
    try {
      while (!over.get()) answers.merge(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode(), 1, Integer::sum);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return answers;
  }

  @Test
  void deletedIndex_comesBackWithOurMapping() {
    run((indexer, search, client) -> {
      var index = "orders-g1-2019q1";
      var first = orders.put(order("it-deleted", "v1-01").at("2019-01-02T00:00:00Z").placed());
      indexer.index(List.of(first));
      client.indices().delete(d -> d.index(index));
      var second = orders.put(order("it-deleted", "v2-01").at("2019-01-02T00:00:00Z").placed());
      assertThat(indexer.index(List.of(second)).versions()).containsOnlyKeys(second);
      var mapping = client.indices().getMapping(m -> m.index(index)).mappings().get(index).mappings();
      assertThat(mapping.dynamic().jsonValue()).isEqualTo("false");
      assertThat(mapping.properties().get("status").isKeyword()).isTrue();
      assertThat(client.indices().getAlias(a -> a.index(index)).aliases().get(index).aliases()).containsOnlyKeys("orders", index + "-write");
    });
  }

  @Test
  void readOnlyIndex_isUnavailableAndNotPoison() {
    run((indexer, search, client) -> {
      var index = "orders-g1-2019q2";
      indexer.index(List.of(orders.put(order("it-blocked", "v1-01").at("2019-05-02T00:00:00Z").placed())));
      client.indices().putSettings(s -> s.index(index).settings(i -> i.blocks(b -> b.write(true))));
      var key = orders.put(order("it-blocked", "v2-01").at("2019-05-02T00:00:00Z").placed());
      assertThatThrownBy(() -> indexer.index(List.of(key))).isInstanceOf(IndexUnavailable.class).hasMessageContaining("blocked");
      client.indices().putSettings(s -> s.index(index).settings(i -> i.blocks(b -> b.write(false))));
      assertThat(indexer.index(List.of(key)).versions()).containsOnlyKeys(key);
      assertThat(TestIndex.stored(client, index, "it-blocked/v2-01").source().get("problem")).isNull();
    });
  }

  /** Each request to it takes the 5 s that the server waits for the shard: dozens of them are more than a consumer has. */
  @Test
  void indexWithoutAShard_isAskedOncePerTry_andTheOthersFlow() {
    TestIndex.run(
        TestServers.elasticsearch().uri(),
        orders,
        (indexer, search, client) -> {
          var lost = "orders-g1-2019q3";
          indexer.index(List.of(orders.put(order("it-shard", "v-01").at("2019-08-02T00:00:00Z").placed())));
          client.indices().delete(d -> d.index(lost));
          client.indices().create(c -> c.index(lost).aliases(lost + "-write", a -> a).settings(i -> i.otherSettings("index.routing.allocation.require._name", JsonData.of("nobody"))).waitForActiveShards(w -> w.count(0)));
          var keys = new ArrayList<OrderKey>();
          for (int i = 0; i < 50; i++) {
            keys.add(orders.put(order("it-shard", "v" + i + "-02").at("2019-08-02T00:00:00Z").placed()));
            keys.add(orders.put(order("it-shard", "v" + i + "-03").placed()));
          }
          var begun = Instant.now();
          assertThatThrownBy(() -> indexer.index(keys)).isInstanceOf(IndexUnavailable.class).hasMessageContaining("503");
          assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(80));
          client.indices().refresh(r -> r.index(INDEX));
          assertThat(client.count(c -> c.index(INDEX).query(q -> q.term(t -> t.field("account").value("it-shard")))).count()).isEqualTo(50);
          client.indices().putSettings(s -> s.index(lost).settings(i -> i.otherSettings("index.routing.allocation.require._name", JsonData.of(""))));
          assertThat(indexer.index(keys).versions()).hasSize(100);
        },
        "orders.search.index.bulk-documents=100");
  }

  @Test
  void manyOrders_goInSeveralRequests() {
    TestIndex.run(
        TestServers.elasticsearch().uri(),
        orders,
        (indexer, search, client) -> {
          var keys = IntStream.range(0, 250).mapToObj(i -> orders.put(order("it-many", "v" + i + "-01").placed())).toList();
          assertThat(indexer.index(keys).versions()).hasSize(250);
          client.indices().refresh(r -> r.index(INDEX));
          assertThat(client.count(c -> c.index(INDEX).query(q -> q.term(t -> t.field("account").value("it-many")))).count()).isEqualTo(250);
        },
        "orders.search.index.bulk-documents=40",
        "orders.search.index.bulk-size=8KB");
  }

  private void run(TestIndex.Work work) {
    TestIndex.run(TestServers.elasticsearch().uri(), orders, work);
  }
}
