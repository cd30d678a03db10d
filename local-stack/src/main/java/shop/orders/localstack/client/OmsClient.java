package shop.orders.localstack.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one request and waits for its answer; never tries again by itself. Safe for use by many threads. */
public final class OmsClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final Connection connection;
  private final Duration timeout;
  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(CONNECT_TIMEOUT)
      .build();

  /** @param timeout for a whole exchange, up to the last byte of the body */
  public OmsClient(Connection connection, Duration timeout) {
    this.connection = connection;
    this.timeout = timeout;
  }

  /** @throws IOException if there was no whole answer: what was asked may have been done all the same */
  public Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, Map.of());
  }

  /** @param body written as JSON; null sends none */
  public Answer post(String path, @Nullable Object body) throws IOException, InterruptedException {
    return send("POST", path, body, Map.of());
  }

  public Answer put(String path, @Nullable Object body) throws IOException, InterruptedException {
    return send("PUT", path, body, Map.of());
  }

  /**
   * @param path below the connection's address, or a whole address
   * @param body written as JSON; bytes are JSON already; null sends none
   * @throws IOException if there was no whole answer: what was asked may have been done all the same
   */
  public Answer send(String method, String path, @Nullable Object body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address(path))
        .header("X-VTEX-API-AppKey", connection.appKey())
        .header("X-VTEX-API-AppToken", connection.appToken())
        .header("Accept", "application/json")
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes(body)));
    if (body != null) request.header("Content-Type", "application/json");
    headers.forEach(request::header);
    var response = exchange(request.build());
    return new Answer(response.statusCode(), response.body(), retryAfter(response));
  }

  /** HttpRequest's own timeout ends with the headers; a server frozen in mid-body would hold the thread for ever. */
  private HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
    var future = http.sendAsync(request, BodyHandlers.ofString());
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms: " + request.method() + " " + request.uri().getPath());
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException io)) {
        throw new IOException(request.method() + " " + request.uri().getPath() + ": " + e.getCause(), e.getCause());
      }
      throw io;
    }
  }

  private URI address(String path) {
    return path.startsWith("/") ? connection.url().resolve(path) : URI.create(path);
  }

  private static byte[] bytes(Object body) {
    return body instanceof byte[] written ? written : Json.MAPPER.writeValueAsBytes(body);
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}")) // the other form, a date, is nobody's habit here: our own wait will do
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }
}
