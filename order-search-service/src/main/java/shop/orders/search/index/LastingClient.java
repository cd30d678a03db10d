package shop.orders.search.index;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.dynamic.AbstractRefreshableTargetSource;

/**
 * Elasticsearch's client, made anew when it has died. What one of its network threads does not catch ends that thread and with it the client,
 * for good; a full heap is enough. Elasticsearch may be well then, and we would wait for ever. Requests go out with their {@linkplain WholeEntity bodies in one piece}.
 */
final class LastingClient extends AbstractRefreshableTargetSource implements MethodInterceptor {
  private static final Logger log = LoggerFactory.getLogger(LastingClient.class);

  /** Between two that are made, at least. */
  private static final long PAUSE_MILLIS = 1000;

  private final Rest5ClientBuilder builder;
  private final Duration longest;
  private volatile boolean closed;

  private LastingClient(Rest5ClientBuilder builder, Duration longest) {
    this.builder = builder;
    this.longest = longest;
    setRefreshCheckDelay(PAUSE_MILLIS);
  }

  /**
   * A client that stands for whichever one lives.
   *
   * @param longest for a whole request, above all limits of the client's own: a live client keeps those, a dying one forgets them too
   */
  static Rest5Client of(Rest5ClientBuilder builder, Duration longest) {
    var clients = new LastingClient(builder, longest);
    var factory = new ProxyFactory();
    factory.setTargetSource(clients);
    factory.setProxyTargetClass(true);
    factory.addAdvice(clients);
    return (Rest5Client) factory.getProxy(Rest5Client.class.getClassLoader());
  }

  @Override
  protected boolean requiresRefresh() {
    return !closed && targetObject instanceof Rest5Client present && !present.isRunning();
  }

  @Override
  protected Object freshTarget() {
    if (targetObject instanceof Rest5Client dead) {
      log.warn("Elasticsearch's client has died and is made anew");
      close(dead);
    }
    return builder.build();
  }

  /** Whoever asked may ask again, as after any other break of the connection. */
  @Override
  public @Nullable Object invoke(MethodInvocation call) throws Throwable {
    var method = call.getMethod().getName();
    if (method.equals("close")) closed = true; // not by death: whoever still asks is not waited for
    for (var argument : call.getArguments()) {
      if (argument instanceof Request request && request.getEntity() instanceof AsyncEntityProducer) request.setEntity(WholeEntity.of(request.getEntity()));
    }
    return method.equals("performRequest") && call.getThis() instanceof Rest5Client client ? answer(client, (Request) call.getArguments()[0]) : call.proceed();
  }

  /**
   * Instead of the client's own wait, which has no end: a client that dies may neither answer a request nor fail it. It even says that it
   * runs while only one of its threads has died, until the next connection is to be that thread's.
   */
  private Response answer(Rest5Client client, Request request) throws Exception {
    var answer = new Answer();
    var asked = System.nanoTime();
    client.performRequestAsync(request, answer);
    while (true) {
      try {
        return answer.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!client.isRunning()) throw ended(e);
        if (System.nanoTime() - asked > longest.toNanos()) throw new IOException("the client has forgotten a request: nothing came of it in " + longest, e);
      } catch (CancellationException e) { // given up with the client
        throw ended(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while Elasticsearch was asked");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOReactorShutdownException) throw ended(e);
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }

  private static IOException ended(Exception e) {
    return new IOException("the client has ended", e);
  }

  private static final class Answer extends CompletableFuture<Response> implements ResponseListener {
    @Override
    public void onSuccess(Response response) {
      complete(response);
    }

    @Override
    public void onFailure(Exception e) {
      completeExceptionally(e);
    }
  }

  private static void close(Rest5Client dead) {
    try {
      dead.close();
    } catch (IOException e) {
      log.debug("a dead client is left as it is", e);
    }
  }
}
