package shop.orders.systemtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The status as one service tells it, asked on its own port: the front door knows one of them only. */
final class StatusPage {
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final URI service;

  private StatusPage(URI service) {
    this.service = service;
  }

  /** @param process whose port {@code ./oms status} shows */
  static StatusPage of(OmsProcess oms, String process) {
    var line = Pattern.compile("(?m)^" + process + " +\\S+ +\\S+ +(\\d+) ").matcher(oms.start("status").output());
    if (!line.find()) throw new AssertionError("./oms status does not show " + process);
    return new StatusPage(URI.create("http://127.0.0.1:" + line.group(1)));
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
