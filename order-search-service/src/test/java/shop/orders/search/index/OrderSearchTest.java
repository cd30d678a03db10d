package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderSearchTest {
  private static final OrderQuery ALL = new OrderQuery("", Map.of(), Map.of(), Map.of(), false, OrderQuery.Sort.CREATION_DATE, false, 1, 15);

  @Test
  void listThatIsNotAnswered_countsAmongTheTimesOfLists() throws IOException {
    // Connects, and no more.
    try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var wire = Rest5Client.builder(URI.create("http://127.0.0.1:" + deaf.getLocalPort())).build()) {
      var client = new ElasticsearchAsyncClient(new Rest5ClientTransport(wire, new Jackson3JsonpMapper()));
      var search = new OrderSearch(client, Duration.ofMillis(100), Duration.ofMillis(50), page -> {}, new SimpleMeterRegistry());
      assertThat(search.lately()).isEmpty();
      assertThatThrownBy(() -> search.find("a", ALL)).isInstanceOf(IndexUnavailable.class);
      assertThat(search.lately()).hasValueSatisfying(p99 -> assertThat(p99).isGreaterThanOrEqualTo(145));
    }
  }
}
