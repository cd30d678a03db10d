package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** A client of the service under test, as plain as a connector's. */
public final class Api {
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final Map<String, String> headers;

  public Api(int port, Map<String, String> headers) {
    this.base = URI.create("http://127.0.0.1:" + port);
    this.headers = headers;
  }

  /** Sent with every request. */
  public Map<String, String> headers() {
    return headers;
  }

  /** A client with an account's key. */
  public static Api withKey(int port, String appKey, String token) {
    return new Api(port, Map.of("X-VTEX-API-AppKey", appKey, "X-VTEX-API-AppToken", token));
  }

  /** An account with a key, made by the operator. @param antifraud null for none */
  public static Api newAccount(int port, String operatorToken, String account, String gracePeriod, @Nullable URI antifraud) {
    var operator = new Api(port, Map.of("X-Operator-Token", operatorToken));
    var settings = new HashMap<String, Object>(Map.of("gracePeriod", gracePeriod));
    if (antifraud != null) settings.put("antifraud", Map.of("url", antifraud.toString(), "appKey", "k", "appToken", "t"));
    assertThat(operator.put("/operator/accounts/" + account, settings).status()).isEqualTo(200);
    var key = "vtexappkey-" + account + "-TESTER";
    assertThat(operator.put("/operator/accounts/" + account + "/keys/" + key, Map.of("appToken", "token-of-the-tests")).status()).isEqualTo(204);
    return withKey(port, key, "token-of-the-tests");
  }

  public record Answer(int status, String text, HttpHeaders headers) {
    public JsonNode json() {
      return JSON.readTree(text);
    }
  }

  public Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  public Answer post(String path, @Nullable Object body) {
    return send("POST", path, body, Map.of("Content-Type", "application/json"));
  }

  public Answer put(String path, @Nullable Object body) {
    return send("PUT", path, body, Map.of("Content-Type", "application/json"));
  }

  /** @param body text as it is; anything else as JSON; null for none */
  public Answer send(String method, String path, @Nullable Object body, Map<String, String> more) {
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body));
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30)).method(method, publisher);
    headers.forEach(request::header);
    more.forEach(request::header);
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
    }
  }
}
