package shop.orders.localstack.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.server.Pause;
import shop.orders.localstack.server.ServerFailed;
import tools.jackson.databind.json.JsonMapper;

/** The account {@code up} makes through the workflow service's operator API, and the canary's beside it; made anew, they are the same ones. @param canary whether there is one */
record DemoAccount(URI workflow, URI partners, URI frontDoor, Secrets secrets, boolean canary) {
  private static final JsonMapper JSON = JsonMapper.shared();
  /** The first call after a start waits for much that is done once. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** @throws ServerFailed if the workflow service refuses */
  void create() {
    // The stub does not look at its key.
    var antifraud = Map.of("url", partners.resolve("/antifraud").toString(), "appKey", "local", "appToken", "local");
    var settings = Map.of("antifraud", antifraud, "gracePeriod", "PT0S");
    put("/operator/accounts/" + Stack.ACCOUNT, settings);
    key(Stack.ACCOUNT, Secrets.USER_KEY, secrets.user());
    key(Stack.ACCOUNT, Secrets.ERP_KEY, secrets.erp());
    key(Stack.ACCOUNT, Secrets.CARRIER_KEY, secrets.carrier());
    if (!canary) return;
    put("/operator/accounts/" + Stack.CANARY_ACCOUNT, settings);
    key(Stack.CANARY_ACCOUNT, Secrets.CANARY_KEY, secrets.canary());
  }

  Connection connection() {
    return new Connection(frontDoor, Stack.ACCOUNT, Secrets.USER_KEY, secrets.user());
  }

  Properties environment() {
    var environment = new Properties();
    environment.setProperty("OMS_URL", frontDoor.toString());
    environment.setProperty("OMS_ACCOUNT", Stack.ACCOUNT);
    environment.setProperty("OMS_APP_KEY", Secrets.USER_KEY);
    environment.setProperty("OMS_APP_TOKEN", secrets.user());
    return environment;
  }

  private void key(String account, String appKey, String appToken) {
    put("/operator/accounts/" + account + "/keys/" + appKey, Map.of("appToken", appToken));
  }

  private void put(String path, Object body) {
    var request = HttpRequest.newBuilder(workflow.resolve(path))
        .timeout(LIMIT)
        .header("Content-Type", "application/json")
        .header("X-Operator-Token", secrets.operator())
        .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
    try {
      var deadline = System.nanoTime() + LIMIT.toNanos();
      var answer = Http.send(request);
      // A store that has just come back is not found at once by a service that ran meanwhile; the call may be repeated.
      while (answer.statusCode() == 503 && System.nanoTime() < deadline) {
        Pause.of(Duration.ofMillis(500));
        answer = Http.send(request);
      }
      if (answer.statusCode() / 100 != 2) {
        throw new ServerFailed("the workflow service answers " + answer.statusCode() + " to PUT " + path + ": " + answer.body());
      }
    } catch (IOException e) {
      throw new ServerFailed("the workflow service does not answer PUT " + path + ": " + e, e);
    }
  }
}
