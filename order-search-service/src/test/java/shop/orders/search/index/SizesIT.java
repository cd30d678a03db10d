package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.search.TestOrders.order;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.store.OrderStore;
import shop.orders.testservers.TestServers;

/** Orders and accounts of every size, and documents that try to make the mapping grow. */
class SizesIT {
  private final HeldOrders orders = new HeldOrders();

  @Test
  void documentsOfAnyShape_neverWidenTheMapping() {
    run(orders, (indexer, client) -> {
      var usual = orders.put(order("s-shape", "v0-01").at("2017-01-02T00:00:00Z").placed());
      indexer.index(List.of(usual));
      var before = fields(client, "orders-g1-2017q1");
      var thousands = new LinkedHashMap<String, Object>();
      for (int i = 0; i < 5_000; i++) thousands.put("field-" + i, "value " + i);
      var deep = nested(200);
      var keys =
          List.of(
              orders.put(shaped("v1-01", Map.of("fields", thousands))),
              orders.put(shaped("v2-01", Map.of("fields", deep))),
              orders.put(shaped("v3-01", Map.of("fields", Map.of("text", "x".repeat(200_000))))),
              orders.put(order("s-shape", "v4-01").at("2017-01-02T00:00:00Z").with("n".repeat(5_000), "name").with("marketingData", Map.of("utmSource", "u".repeat(100_000))).placed()));
      var report = indexer.index(keys);
      assertThat(report.versions()).containsOnlyKeys(keys);
      assertThat(report.skeletons()).containsOnlyKeys(keys.get(1));
      assertThat(fields(client, "orders-g1-2017q1")).isEqualTo(before).hasSizeLessThan(60);
    });
  }

  @Test
  void hugeOrdersAmongSmallOnes_areAllIndexed() {
    run(orders, (indexer, client) -> {
      var keys = new ArrayList<OrderKey>();
      for (int i = 0; i < 24; i++) keys.add(orders.put(lines("s-huge", "huge-" + i, 5_000)));
      for (int i = 0; i < 500; i++) keys.add(orders.put(order("s-huge", "small-" + i).at("2017-05-02T00:00:00Z").placed()));
      Collections.shuffle(keys, new Random(1));
      var report = indexer.index(keys);
      assertThat(report.versions()).containsOnlyKeys(keys);
      assertThat(report.skeletons()).isEmpty();
      var stored = TestIndex.stored(client, "orders-g1-2017q2", "s-huge/huge-7").source();
      assertThat(stored.get("totalItems")).isEqualTo(5_000);
      assertThat((List<?>) stored.get("skuIds")).hasSize(5_000);
      assertThat(count(client, "s-huge", "orders-g1-2017q2")).isEqualTo(524);
    });
  }

  @Test
  void hugeAccountBesideSmallOnes_isIndexedWithThem() {
    run(orders, (indexer, client) -> {
      var keys = new ArrayList<>(IntStream.range(0, 6_000).mapToObj(i -> orders.put(order("s-big", "v" + i + "-01").at("2017-08-02T00:00:00Z").placed())).toList());
      for (int i = 0; i < 50; i++) keys.add(orders.put(order("s-small-" + i, "v1-01").at("2017-08-02T00:00:00Z").placed()));
      Collections.shuffle(keys, new Random(1));
      assertThat(indexer.index(keys).versions()).hasSize(6_050);
      assertThat(count(client, "s-big", "orders-g1-2017q3")).isEqualTo(6_000);
      for (int i = 0; i < 50; i++) assertThat(count(client, "s-small-" + i, "orders-g1-2017q3")).isEqualTo(1);
    });
  }

  private static HeldOrders.Held shaped(String id, Map<String, Object> app) {
    var all = new LinkedHashMap<String, Object>(app);
    all.put("id", "app");
    all.put("major", 1);
    return order("s-shape", id).at("2017-01-02T00:00:00Z").with("customData", Map.of("customApps", List.of(all))).placed();
  }

  private static HeldOrders.Held lines(String account, String id, int lines) {
    var items = IntStream.range(0, lines).mapToObj(i -> Map.of("id", "sku-" + i, "quantity", 1L, "price", 100L, "seller", "1", "name", "Thing " + i)).toList();
    return order(account, id).at("2017-05-02T00:00:00Z").total(100L * lines, 1).with("items", items).placed();
  }

  private static Map<String, Object> nested(int levels) {
    Object deep = "bottom";
    for (int i = 0; i < levels; i++) deep = Map.of("level", deep);
    return Map.of("deep", deep);
  }

  private static List<String> fields(ElasticsearchClient client, String index) throws IOException {
    return client.indices().getMapping(m -> m.index(index)).mappings().get(index).mappings().properties().keySet().stream().sorted().toList();
  }

  private static long count(ElasticsearchClient client, String account, String index) throws IOException {
    client.indices().refresh(r -> r.index(index));
    return client.count(c -> c.index(index).query(q -> q.term(t -> t.field("account").value(account)))).count();
  }

  private interface Work {
    void with(Indexer indexer, ElasticsearchClient client) throws IOException;
  }

  private static void run(OrderStore store, Work work) {
    TestIndex.run(TestServers.elasticsearch().uri(), store, (indexer, search, client) -> work.with(indexer, client));
  }
}
