package shop.orders.localstack.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.server.ServerFailed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service of this stack, asked as its operator. */
public final class OperatorApi {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What is asked for here may be much work. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final URI service;
  private final String token;

  private OperatorApi(URI service, String token) {
    this.service = service;
    this.token = token;
  }

  /** The search service. */
  public static OperatorApi ofSearch() {
    var home = Home.current();
    return new OperatorApi(Stack.kept(home).uri(PortName.ORDER_SEARCH_SERVICE), Secrets.of(home).operator());
  }

  /**
   * @param query names and values in turn; a null value leaves its name out
   * @return the answer's body
   * @throws ServerFailed if the answer is not 2xx, or there is none
   */
  public JsonNode get(String path, @Nullable String... query) {
    var pairs = new ArrayList<String>();
    for (int i = 0; i < query.length; i += 2) {
      var value = query[i + 1];
      if (value != null) pairs.add(query[i] + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    return send(request(pairs.isEmpty() ? path : path + "?" + String.join("&", pairs)).GET());
  }

  /** @param body becomes JSON @throws ServerFailed if the answer is not 2xx, or there is none */
  public JsonNode post(String path, Object body) {
    return send(request(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.resolve(path)).timeout(LIMIT).header("Content-Type", "application/json").header("X-Operator-Token", token);
  }

  private static JsonNode send(HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      var answer = Http.send(request);
      if (answer.statusCode() / 100 != 2) throw new ServerFailed(request.uri() + " answers " + answer.statusCode() + ": " + answer.body());
      return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new ServerFailed(request.uri() + " does not answer: " + e, e);
    }
  }
}
