package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.order;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import shop.orders.search.HeldOrders;
import shop.orders.testservers.TestServers;

/** A real server, and a client whose network threads are ended under it. */
class LastingClientIT {
  private final HeldOrders orders = new HeldOrders();

  @Test
  void clientWhoseThreadsDied_isMadeAnew_andFailsLikeABrokenConnectionMeanwhile() {
    var server = TestServers.elasticsearch().uri();
    TestIndex.run(server, orders, context -> {
      var client = context.getBean(ElasticsearchClient.class);
      var http = http(context);
      soon().ignoreException(IOReactorShutdownException.class).until(() -> {
        endThread(http, server);
        assertAnsweredOrBroken(client);
        return http.getStatus() != IOReactorStatus.ACTIVE;
      });
      soon().ignoreException(IOException.class).until(() -> client.cluster().health() != null);
      var key = orders.put(order("lasting", "v1-01").placed());
      assertThat(context.getBean(Indexer.class).index(List.of(key)).versions()).containsKey(key);
      context.getBean(OrderSearch.class).probe();
    }, "orders.search.index.answer-timeout=2s");
  }

  @Test
  void clientThatWasClosed_staysClosed() {
    TestIndex.run(TestServers.elasticsearch().uri(), orders, context -> {
      var client = context.getBean(Rest5Client.class);
      client.close();
      assertThatThrownBy(() -> context.getBean(ElasticsearchClient.class).cluster().health()).isInstanceOf(Exception.class);
      await().during(Duration.ofMillis(1_500)).until(() -> !client.isRunning());
    });
  }

  /** However the client's own threads end meanwhile. */
  private static ConditionFactory soon() {
    return await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60));
  }

  private static CloseableHttpAsyncClient http(AssertableApplicationContext context) {
    return (CloseableHttpAsyncClient) context.getBean(Rest5Client.class).getHttpClient();
  }

  /** What a thread that writes requests does not catch, as when memory is short. */
  private static void endThread(CloseableHttpAsyncClient http, URI server) {
    var request =
        new BasicRequestProducer(Method.POST, server.resolve("/_search"), AsyncEntityProducers.create("{}", ContentType.APPLICATION_JSON)) {
          @Override
          public void produce(DataStreamChannel channel) {
            throw new StackOverflowError("planted");
          }
        };
    http.execute(request, SimpleResponseConsumer.create(), null);
  }

  private static void assertAnsweredOrBroken(ElasticsearchClient client) {
    try {
      client.cluster().health();
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("planted");
    }
  }
}
