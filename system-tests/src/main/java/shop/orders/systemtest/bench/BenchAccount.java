package shop.orders.systemtest.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.Json;

/** An account of the benchmark's own, which no stub partner follows; the operator makes it. */
final class BenchAccount {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private BenchAccount() {}

  /** @param secrets file with the operator's token @return with a key that is good from now on */
  static Connection make(URI workflow, String name, Path secrets) throws IOException, InterruptedException {
    var kept = new Properties();
    try (var in = Files.newBufferedReader(secrets)) {
      kept.load(in);
    }
    var key = "vtexappkey-" + name + "-MEASUR";
    var operator = kept.getProperty("operator", "");
    var token = UUID.randomUUID().toString();
    put(workflow.resolve("/operator/accounts/" + name), operator, Map.of("gracePeriod", "PT0S"));
    put(workflow.resolve("/operator/accounts/" + name + "/keys/" + key), operator, Map.of("appToken", token));
    return new Connection(workflow, name, key, token);
  }

  private static void put(URI uri, String operator, Object body) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).timeout(LIMIT)
        .header("Content-Type", "application/json").header("X-Operator-Token", operator)
        .PUT(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body))).build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) throw new IOException("PUT " + uri.getPath() + " answered " + answer.statusCode() + " " + answer.body());
  }
}
