package shop.orders.systemtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The status as one service tells it, asked on its own port: the front door knows one of them only. */
final class StatusPage {
  private static final Pattern AGE = Pattern.compile("(?m)^orders_progress_age_seconds\\{[^}]*measure=\"([^\"]+)\"[^}]*} (\\S+)$");
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final URI service;

  private StatusPage(URI service) {
    this.service = service;
  }

  static StatusPage of(OmsProcess oms, String process) {
    return new StatusPage(oms.uri(process));
  }

  String state(String capability) {
    return told(capability, "state");
  }

  String sentence(String capability) {
    return told(capability, "sentence");
  }

  /** The HTTP status of the readiness probe. */
  int readiness() {
    return get("/actuator/health/readiness").statusCode();
  }

  /** By measure how long its oldest work waits, in seconds, as this service's metrics say; 0 if none does. What nothing is known of is not there. */
  Map<String, Double> progressAges() {
    var ages = new HashMap<String, Double>();
    var lines = AGE.matcher(get("/actuator/prometheus").body());
    while (lines.find()) ages.putIfAbsent(lines.group(1), Double.parseDouble(lines.group(2)));
    return ages;
  }

  private String told(String capability, String field) {
    for (var each : JsonMapper.shared().readTree(get("/status").body()).path("capabilities")) {
      if (each.path("name").asString().equals(capability)) return each.path(field).asString();
    }
    throw new AssertionError("nothing is told of " + capability);
  }

  private HttpResponse<String> get(String path) {
    try {
      return HTTP.send(HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(service + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
