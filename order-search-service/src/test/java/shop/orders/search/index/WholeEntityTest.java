package shop.orders.search.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WholeEntityTest {
  /** Several times what is written at once, and what a socket takes. */
  private static final int DOCUMENTS = 3_000;

  private volatile String length;
  private volatile String body;

  @Test
  void bulkRequest_arrivesInOnePieceAndWhole() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          length = exchange.getRequestHeaders().getFirst("Content-Length");
          body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          var answer = "{\"took\":1,\"errors\":false,\"items\":[]}".getBytes(UTF_8);
          exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try (var client = LastingClient.of(Rest5Client.builder(URI.create("http://127.0.0.1:" + server.getAddress().getPort())), Duration.ofSeconds(60))) {
      new ElasticsearchClient(new Rest5ClientTransport(client, new Jackson3JsonpMapper()))
          .bulk(
              bulk -> {
                for (int i = 0; i < DOCUMENTS; i++) {
                  var id = "v" + i;
                  bulk.operations(o -> o.index(x -> x.index("orders").id(id).document(BinaryData.of(document(id).getBytes(UTF_8), ContentType.APPLICATION_JSON))));
                }
                return bulk;
              });
    } finally {
      server.stop(0);
    }
    assertThat(length).as("not in chunks").isEqualTo(String.valueOf(body.getBytes(UTF_8).length));
    var lines = body.lines().toList();
    assertThat(lines).hasSize(DOCUMENTS * 2);
    assertThat(IntStream.range(0, DOCUMENTS)).allMatch(i -> lines.get(2 * i + 1).equals(document("v" + i)));
  }

  private static String document(String id) {
    return "{\"id\":\"" + id + "\",\"text\":\"" + "é".repeat(1_000) + "\"}";
  }
}
