package shop.orders.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrontDoorTest {
  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private HttpServer workflow;
  private HttpServer search;
  private Server frontDoor;

  @BeforeEach
  void start() throws Exception {
    workflow = echo("workflow");
    search = echo("search");
    frontDoor = frontDoor(workflow.getAddress().getPort(), search.getAddress().getPort());
  }

  @AfterEach
  void stop() throws Exception {
    frontDoor.stop();
    workflow.stop(0);
    search.stop(0);
  }

  @Test
  void request_reachesItsServiceWithMethodPathQueryAndBody() throws Exception {
    assertThat(send("POST", "/api/oms/pvt/orders", "{\"a\":1}")).contains("200 OK", "workflow POST /api/oms/pvt/orders {\"a\":1}");
    assertThat(send("GET", "/api/oms/pvt/orders?page=2&q=x%20y", "")).contains("search GET /api/oms/pvt/orders?page=2&q=x%20y");
  }

  @Test
  void encodedSlashAndHash_stayEncoded() throws Exception {
    assertThat(send("GET", "/api/oms/pvt/orders/a%2Fb%23c%25d", "")).contains("workflow GET /api/oms/pvt/orders/a%2Fb%23c%25d");
  }

  @Test
  void charactersBrowsersDoNotEncode_areEncodedInTheQuery() throws Exception {
    var query = "f_creationDate=creationDate:[2026-01-01T00:00:00.000Z TO x]".replace(" ", "%20") + "&a=b|c&d={\"e\"}&f=100%&g=<^`>&h=\\";
    assertThat(send("GET", "/api/oms/pvt/orders?" + query, "")).contains(
        "search GET /api/oms/pvt/orders?f_creationDate=creationDate:%5B2026-01-01T00:00:00.000Z%20TO%20x%5D"
            + "&a=b%7Cc&d=%7B%22e%22%7D&f=100%25&g=%3C%5E%60%3E&h=%5C");
  }

  @Test
  void operatorAndActuator_areNotPassedOn() throws Exception {
    for (var path : new String[] {"/operator/accounts/demo", "/actuator/prometheus", "//actuator/prometheus", "/;a/operator/accounts"}) {
      assertThat(send("GET", path, "")).as(path).contains("404 Not Found", "\"code\":\"NotFound\"").doesNotContain("search", "workflow GET");
    }
  }

  @Test
  void climbingPath_reachesNoService() throws Exception {
    for (var path : new String[] {"/api/../operator", "/api/%2e%2e/operator", "/api/..;a/operator", "/api/..%2Foperator"}) {
      assertThat(send("GET", path, "")).as(path).contains("400 Bad Request").doesNotContain("GET");
    }
  }

  @Test
  void serviceDown_is503InVtexShape_andTheOtherGoesOn() throws Exception {
    search.stop(0);
    assertThat(send("GET", "/api/oms/pvt/orders", "")).contains("503 Service Unavailable", "Retry-After: 1",
        "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"The search service is not available\",\"exception\":null}}");
    assertThat(send("GET", "/api/oms/pvt/orders/v1-01", "")).contains("200 OK");
  }

  @Test
  void serviceHung_is504AfterTheLimit_andTheOtherGoesOn() throws Exception {
    // Accepts connections, as the kernel does for a frozen process, and never answers.
    try (var frozen = new ServerSocket(0, 400, loopback)) {
      var door = frontDoor(workflow.getAddress().getPort(), frozen.getLocalPort());
      var hanging = Executors.newCachedThreadPool();
      try {
        var waiting = IntStream.range(0, 300)
            .mapToObj(i -> hanging.submit(() -> send(door, "GET", "/api/oms/pvt/orders", "")))
            .toList();
        assertThat(send(door, "GET", "/api/oms/pvt/orders/v1-01", "")).contains("200 OK");
        assertThat(waiting.get(0).get()).contains("504 Gateway Timeout", "Retry-After: 1", "\"code\":\"GatewayTimeout\"");
        for (var each : waiting) assertThat(each.get()).containsAnyOf("504 Gateway Timeout", "503 Service Unavailable");
      } finally {
        hanging.shutdownNow();
        door.stop();
      }
    }
  }

  private Server frontDoor(int workflowPort, int searchPort) throws Exception {
    var server = FrontDoor.server(0, address(workflowPort), address(searchPort), Duration.ofSeconds(1));
    server.start();
    return server;
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private String send(String method, String target, String body) throws IOException {
    return send(frontDoor, method, target, body);
  }

  /** By hand, because every client library would encode the target first. */
  private String send(Server door, String method, String target, String body) throws IOException {
    try (var socket = new Socket(loopback, door.getURI().getPort())) {
      var request = method + " " + target + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpServer echo(String name) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/", exchange -> {
      var text = name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
          + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return server;
  }
}
