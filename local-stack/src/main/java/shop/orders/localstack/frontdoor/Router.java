package shop.orders.localstack.frontdoor;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Passes each request on to the service its {@link Route} names. No thread waits for a service, so a hung one holds up nobody else. */
final class Router extends ProxyHandler.Reverse {
  private static final Logger log = LoggerFactory.getLogger(Router.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final int CONNECTIONS_PER_SERVICE = 256;
  private static final int WAITING_PER_SERVICE = 256;

  private final Duration silenceLimit;

  /** @param silenceLimit how long a service may say nothing before its caller gets an error */
  Router(URI workflow, URI search, Duration silenceLimit) {
    super(request -> target(request, workflow, search));
    this.silenceLimit = silenceLimit;
  }

  private static HttpURI target(Request request, URI workflow, URI search) {
    var asked = request.getHttpURI();
    var service = route(request) == Route.WORKFLOW ? workflow : search;
    return HttpURI.build(asked)
        .scheme(service.getScheme())
        .authority(service.getHost(), service.getPort())
        .query(asked.getQuery() == null ? null : QueryText.encoded(asked.getQuery()))
        .asImmutable();
  }

  private static Route route(Request request) {
    return Route.of(request.getMethod(), request.getHttpURI().getPath());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (route(request)) {
      case NOWHERE -> answer(response, callback, HttpStatus.NOT_FOUND_404, "NotFound", "Not found");
      case REFUSED -> answer(response, callback, HttpStatus.BAD_REQUEST_400, "BadRequest", "The path is not understood");
      case WORKFLOW, SEARCH -> {
        return super.handle(request, response, callback);
      }
    }
    return true;
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setConnectTimeout(CONNECT_LIMIT.toMillis());
    client.setMaxConnectionsPerDestination(CONNECTIONS_PER_SERVICE);
    client.setMaxRequestsQueuedPerDestination(WAITING_PER_SERVICE);
  }

  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(Request request, HttpURI target) {
    return super.newProxyToServerRequest(request, target).idleTimeout(silenceLimit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request toService,
      org.eclipse.jetty.client.Response fromService,
      Response response,
      Callback callback,
      Throwable failure) {
    var service = route(request).name().toLowerCase(Locale.ROOT);
    log.info("{} {}: {} does not answer: {}", request.getMethod(), request.getHttpURI().getPath(), service, failure.toString());
    if (response.isCommitted()) {
      callback.failed(failure); // too late for another answer: the caller must see that this one is cut off
    } else if (failure instanceof TimeoutException && !(failure instanceof SocketTimeoutException)) {
      answer(response, callback, HttpStatus.GATEWAY_TIMEOUT_504, "GatewayTimeout", "The " + service + " service does not answer in time");
    } else {
      answer(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "ServiceUnavailable", "The " + service + " service is not available");
    }
  }

  private static void answer(Response response, Callback callback, int status, String code, String message) {
    response.reset();
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    if (status >= HttpStatus.INTERNAL_SERVER_ERROR_500) response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code);
    error.put("message", message);
    error.put("exception", null);
    Content.Sink.write(response, true, JSON.writeValueAsString(Map.of("error", error)), callback);
  }
}
