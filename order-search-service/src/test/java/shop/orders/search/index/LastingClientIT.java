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
import java.util.NoSuchElementException;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.web.client.RestClient;
import shop.orders.search.HeldOrders;
import shop.orders.testservers.TestServers;

/** A real server, and a client whose network threads are ended under it. */
class LastingClientIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final HeldOrders orders = new HeldOrders();

  @Test
  void clientWhoseThreadsDied_isMadeAnew_andFailsLikeABrokenConnectionMeanwhile() {
    var server = TestServers.elasticsearch().uri();
    TestIndex.run(server, orders, context -> {
      var client = context.getBean(ElasticsearchClient.class);
      var http = http(context);
      await().atMost(SOON).ignoreException(IOReactorShutdownException.class).until(() -> {
        endThread(http, server);
        assertAnsweredOrBroken(client);
        return http.getStatus() != IOReactorStatus.ACTIVE;
      });
      await().atMost(SOON).ignoreException(IOException.class).until(() -> client.cluster().health() != null);
      var key = orders.put(order("lasting", "v1-01").placed());
      assertThat(context.getBean(Indexer.class).index(List.of(key)).versions()).containsKey(key);
      context.getBean(OrderSearch.class).probe();
    });
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

  private static CloseableHttpAsyncClient http(AssertableApplicationContext context) {
    return (CloseableHttpAsyncClient) context.getBean(Rest5Client.class).getHttpClient();
  }

  /** A request that fails once more while it is given up, as one that two threads give up at once can. */
  private static void endThread(CloseableHttpAsyncClient http, URI server) {
    var here = Thread.currentThread();
    var request =
        new BasicRequestProducer(Method.GET, URI.create(server + "/_cluster/health?wait_for_nodes=99&timeout=20s")) {
          @Override
          public void releaseResources() {
            if (Thread.currentThread() != here) throw new NoSuchElementException("planted");
          }
        };
    var asked = http.execute(request, SimpleResponseConsumer.create(), null);
    // What is handed to a client while it ends is neither sent nor answered.
    await().atMost(SOON).until(() -> asked.isDone() || isAsked(server) || http.getStatus() != IOReactorStatus.ACTIVE);
    asked.cancel(true);
  }

  private static boolean isAsked(URI server) {
    return String.valueOf(RestClient.create(server.toString()).get().uri("/_tasks?actions=cluster:monitor/health").retrieve().body(String.class)).contains("cluster:monitor/health");
  }

  private static void assertAnsweredOrBroken(ElasticsearchClient client) {
    try {
      client.cluster().health();
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("planted");
    }
  }
}
