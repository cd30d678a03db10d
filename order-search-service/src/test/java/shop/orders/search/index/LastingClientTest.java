package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a real client does in the one instant that it dies, which no test can meet at will. */
class LastingClientTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  @Test
  void requestThatADyingClientForgets_fails() {
    assertThatThrownBy(() -> ask(new Dying(null))).isInstanceOf(IOException.class).hasMessageContaining("ended");
  }

  @Test
  void requestForgottenByAClientThatSaysItRuns_fails() {
    assertThatThrownBy(() -> ask(new Dying(null, IOReactorStatus.ACTIVE))).isInstanceOf(IOException.class).hasMessageContaining("forgotten");
  }

  @Test
  void requestGivenToADeadClient_fails() {
    assertThatThrownBy(() -> ask(new Dying(new IOReactorShutdownException("dead")))).isInstanceOf(IOException.class).hasMessageContaining("ended");
  }

  @Test
  void requestThatADeadClientGivesUp_fails() {
    assertThatThrownBy(() -> ask(new Dying(new CancellationException("closed")))).isInstanceOf(IOException.class).hasMessageContaining("ended");
  }

  @Test
  void whatFailsForAnotherReason_saysItsOwn() {
    assertThatThrownBy(() -> ask(new Dying(new ConnectException("refused")))).isInstanceOf(ConnectException.class);
  }

  private static void ask(Dying http) throws Exception {
    assertTimeoutPreemptively(SOON, () -> {
      try (var client = LastingClient.of(Rest5Client.builder(URI.create("http://127.0.0.1:9")).setHttpClient(http), LONGEST)) {
        client.performRequest(new Request("GET", "/"));
      }
    });
  }

  /** Is running when it is asked. */
  private static final class Dying extends CloseableHttpAsyncClient {
    private final @Nullable Exception failure;
    private final IOReactorStatus afterwards;
    private volatile IOReactorStatus status = IOReactorStatus.ACTIVE;

    Dying(@Nullable Exception failure) {
      this(failure, IOReactorStatus.SHUT_DOWN);
    }

    /**
     * @param failure of the request; null for nothing at all
     * @param afterwards its own word, once it was asked
     */
    Dying(@Nullable Exception failure, IOReactorStatus afterwards) {
      this.failure = failure;
      this.afterwards = afterwards;
    }

    @Override
    protected <T> Future<T> doExecute(
        HttpHost target,
        AsyncRequestProducer request,
        AsyncResponseConsumer<T> response,
        HandlerFactory<AsyncPushConsumer> push,
        HttpContext context,
        FutureCallback<T> callback) {
      status = afterwards;
      if (failure != null) callback.failed(failure);
      return new CompletableFuture<>();
    }

    @Override
    public IOReactorStatus getStatus() {
      return status;
    }

    @Override
    public void start() {}

    @Override
    public void awaitShutdown(TimeValue wait) {}

    @Override
    public void initiateShutdown() {}

    @Override
    public void close(CloseMode mode) {}

    @Override
    public void close() {}

    @Override
    public void register(String host, String pattern, Supplier<AsyncPushConsumer> supplier) {}
  }
}
