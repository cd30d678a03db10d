package shop.orders.systemtest.elasticsearch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Sends one request and waits for its answer. Safe for use by many threads. */
public final class PlainElasticsearch {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final URI server;
  private final ObjectMapper json = JsonMapper.shared();
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

  public PlainElasticsearch(URI server) {
    this.server = server;
  }

  /** @param body empty if there was none */
  public record Answer(int status, JsonNode body) {
    public JsonNode require() {
      if (status / 100 != 2) throw new Unreachable("Elasticsearch answers " + status + ": " + body, null);
      return body;
    }
  }

  /** Elasticsearch does not answer, or refuses. */
  public static final class Unreachable extends RuntimeException {
    Unreachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param body written as JSON; bytes are JSON, or lines of it, already; null sends none
   * @throws Unreachable if there is no answer
   */
  public Answer call(String method, String path, @Nullable Object body) {
    var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(bytes(body));
    var request = HttpRequest.newBuilder(server.resolve(path)).timeout(LIMIT).header("Content-Type", "application/json").method(method, publisher).build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      var answer = response.body();
      return new Answer(response.statusCode(), answer.length == 0 ? json.createObjectNode() : json.readTree(answer));
    } catch (IOException e) {
      throw new Unreachable("Elasticsearch does not answer at " + server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("interrupted", e);
    }
  }

  private byte[] bytes(Object body) {
    return body instanceof byte[] written ? written : json.writeValueAsBytes(body);
  }
}
