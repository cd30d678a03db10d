package shop.orders.web.canary;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API over HTTP, with the canary's key: no way in that others do not have. */
class CanaryApi {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
  private final CanaryProperties properties;

  CanaryApi(CanaryProperties properties) {
    this.properties = properties;
  }

  /** @param body empty for an answer without one, or one that is no JSON */
  record Answer(String asked, int status, JsonNode body) {
    /** @throws StageFailed unless it is 2xx */
    Answer ok() {
      if (status / 100 != 2) throw new StageFailed(asked + " is answered " + status);
      return this;
    }
  }

  /** @param limit until the whole answer is there @throws StageFailed if it is not */
  Answer get(String path, Duration limit) throws InterruptedException {
    return send("GET", Objects.requireNonNull(properties.url()), path, null, limit);
  }

  /** As {@link #get}, of the search service. */
  Answer getList(String path, Duration limit) throws InterruptedException {
    return send("GET", Objects.requireNonNull(properties.searchUrl() == null ? properties.url() : properties.searchUrl()), path, null, limit);
  }

  /** As {@link #get}. @param body becomes JSON */
  Answer post(String path, Object body, Duration limit) throws InterruptedException {
    return send("POST", Objects.requireNonNull(properties.url()), path, body, limit);
  }

  private Answer send(String method, URI base, String path, @Nullable Object body, Duration limit) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceFirst("/$", "") + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .header("Content-Type", "application/json")
            .header("X-VTEX-API-AppKey", Objects.requireNonNull(properties.appKey()))
            .header("X-VTEX-API-AppToken", Objects.requireNonNull(properties.appToken()))
            .build();
    var asked = method + " " + path.replaceFirst("\\?.*", "");
    var running = http.sendAsync(request, BodyHandlers.ofString());
    try {
      var answer = running.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(asked, answer.statusCode(), read(answer.body()));
    } catch (TimeoutException e) {
      throw new StageFailed(asked + " is not answered in time");
    } catch (ExecutionException e) {
      throw new StageFailed(asked + (e.getCause() instanceof ConnectException ? " finds nobody who listens" : " is not answered, the connection broke"));
    } finally {
      running.cancel(true); // gives the connection back; nothing where it has ended
    }
  }

  private static JsonNode read(String body) {
    try {
      return body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.missingNode(); // a front door's page; the status tells
    }
  }
}
