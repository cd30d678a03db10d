package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.order;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.search.HeldOrders;
import shop.orders.testservers.TestServers;

/** A disk over its flood-stage watermark, and with room again: by Elasticsearch's own watermarks, set as if this disk were too small. */
class FullDiskIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String INDEX = "orders-g1-2026q4";

  private final HeldOrders orders = new HeldOrders();

  @Test
  void diskOverTheWatermark_isWaitedForAndNothingIsPoison() {
    try (var server = new Elasticsearch(Elasticsearch.Settings.forTests(TestServers.privateDirectory()))) {
      server.start();
      TestIndex.run(server.uri(), orders, (indexer, search, client) -> {
        indexer.index(List.of(orders.put(order("full", "v1-01").placed())));
        watermarks(server, "\"1000pb\"");
        await().atMost(SOON).until(() -> es(server, HttpMethod.GET, "/" + INDEX + "/_settings", null).contains("read_only_allow_delete"));
        var second = orders.put(order("full", "v2-01").placed());
        assertThatThrownBy(() -> indexer.index(List.of(second))).isInstanceOf(IndexUnavailable.class).hasMessageContaining("flood");
        watermarks(server, "\"1mb\"");
        // Elasticsearch takes the block away by itself, at its next look at the disk.
        await().atMost(SOON).ignoreExceptionsInstanceOf(IndexUnavailable.class).until(() -> indexer.index(List.of(second)).versions().containsKey(second));
        assertThat(TestIndex.stored(client, INDEX, "full/v2-01").source().get("problem")).isNull();
      });
    }
  }

  private static void watermarks(Elasticsearch server, String free) {
    var names = List.of("low", "high", "flood_stage");
    var settings = new StringBuilder("{\"persistent\":{\"cluster.info.update.interval\":\"10s\",\"cluster.routing.allocation.disk.threshold_enabled\":true");
    for (var name : names) settings.append(",\"cluster.routing.allocation.disk.watermark.").append(name).append("\":").append(free);
    es(server, HttpMethod.PUT, "/_cluster/settings", settings.append("}}").toString());
  }

  private static String es(Elasticsearch server, HttpMethod method, String path, String body) {
    var request = RestClient.create(server.uri().toString()).method(method).uri(path);
    if (body != null) request.contentType(MediaType.APPLICATION_JSON).body(body);
    return request.retrieve().body(String.class);
  }
}
