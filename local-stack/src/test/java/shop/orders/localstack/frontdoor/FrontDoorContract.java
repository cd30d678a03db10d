package shop.orders.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Holds for every front door: that of the local stack, and the nginx of docker-compose.yml. */
interface FrontDoorContract {
  /** A running front door on a free port. */
  interface Door extends AutoCloseable {
    int port();
  }

  /** Of two services on the loopback address; waits one second for a silent one. */
  Door open(int workflowPort, int searchPort) throws Exception;

  /** How a query with characters that nobody should send unencoded, but browsers and VTEX's own clients do, reaches the service. */
  String arrivesAs(String query, String encoded);

  @Test
  default void request_reachesItsServiceWithMethodPathQueryAndBody() throws Exception {
    try (var services = new TwoServices(); var door = open(services.workflow(), services.search())) {
      assertThat(send(door, "POST", "/api/oms/pvt/orders", "{\"a\":1}")).contains("200 OK", "workflow POST /api/oms/pvt/orders {\"a\":1}");
      assertThat(send(door, "GET", "/api/oms/pvt/orders?page=2&q=x%20y", "")).contains("search GET /api/oms/pvt/orders?page=2&q=x%20y");
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "routes.csv", numLinesToSkip = 1)
  default void request_goesWhereItsRouteSays(String method, String path, Route route) throws Exception {
    try (var services = new TwoServices(); var door = open(services.workflow(), services.search())) {
      assertThat(send(door, method, path, "")).matches(switch (route) {
        case WORKFLOW -> "(?s)HTTP/1.1 200 .*X-service: workflow\r.*";
        case SEARCH -> "(?s)HTTP/1.1 200 .*X-service: search\r.*";
        case NOWHERE -> "(?s)HTTP/1.1 404 Not Found\r.*\"code\":\"NotFound\".*";
        case REFUSED -> "(?s)HTTP/1.1 400 Bad Request\r.*";
      });
    }
  }

  @Test
  default void encodedSlashAndHash_stayEncoded() throws Exception {
    try (var services = new TwoServices(); var door = open(services.workflow(), services.search())) {
      assertThat(send(door, "GET", "/api/oms/pvt/orders/a%2Fb%23c%25d", "")).contains("workflow GET /api/oms/pvt/orders/a%2Fb%23c%25d");
    }
  }

  @Test
  default void charactersBrowsersDoNotEncode_reachTheServiceInTheQuery() throws Exception {
    var query = "f_creationDate=creationDate:[2026-01-01T00:00:00.000Z%20TO%20x]&a=b|c&d={\"e\"}&g=<^`>&h=\\";
    var encoded = "f_creationDate=creationDate:%5B2026-01-01T00:00:00.000Z%20TO%20x%5D&a=b%7Cc&d=%7B%22e%22%7D&g=%3C%5E%60%3E&h=%5C";
    try (var services = new TwoServices(); var door = open(services.workflow(), services.search())) {
      // By hand: the stand-ins' own server refuses such a query.
      try (var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var plain = open(services.workflow(), service.getLocalPort());
          var caller = caller(plain, "GET", "/api/oms/pvt/orders?" + query, "")) {
        assertThat(caller.isConnected()).isTrue();
        try (var called = service.accept()) {
          var line = new StringBuilder();
          for (int each = called.getInputStream().read(); each != '\r'; each = called.getInputStream().read()) line.append((char) each);
          assertThat(line.toString()).isEqualTo("GET /api/oms/pvt/orders?" + arrivesAs(query, encoded) + " HTTP/1.1");
        }
      }
    }
  }

  @Test
  default void serviceDown_is503InVtexShape_andTheOtherGoesOn() throws Exception {
    try (var services = new TwoServices(); var door = open(services.workflow(), services.search())) {
      services.stopSearch();
      assertThat(send(door, "GET", "/api/oms/pvt/orders", "")).contains("503 Service", "Retry-After: 1", "application/json; charset=utf-8",
          "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"The search service is not available\",\"exception\":null}}");
      assertThat(send(door, "GET", "/api/oms/pvt/orders/v1-01", "")).contains("200 OK");
    }
  }

  @Test
  default void servicesOwn503_isPassedOnAsItIs() throws Exception {
    try (var services = new TwoServices(); var door = open(services.workflow(), services.search())) {
      assertThat(send(door, "GET", "/api/answers-503", "")).contains("503 Service", "workflow GET /api/answers-503").doesNotContain("ServiceUnavailable");
    }
  }

  @Test
  default void serviceHung_is504AfterTheLimit_andTheOtherGoesOn() throws Exception {
    // Accepts connections, as the kernel does for a frozen process, and never answers.
    try (var services = new TwoServices();
        var frozen = new ServerSocket(0, 400, InetAddress.getLoopbackAddress());
        var door = open(services.workflow(), frozen.getLocalPort())) {
      var hanging = Executors.newCachedThreadPool();
      try {
        var waiting = IntStream.range(0, 300)
            .mapToObj(i -> hanging.submit(() -> send(door, "GET", "/api/oms/pvt/orders", "")))
            .toList();
        assertThat(send(door, "GET", "/api/oms/pvt/orders/v1-01", "")).contains("200 OK");
        assertThat(waiting.get(0).get()).contains("504 Gateway", "Retry-After: 1", "\"code\":\"GatewayTimeout\"");
        for (var each : waiting) assertThat(each.get()).containsAnyOf("504 Gateway", "503 Service");
      } finally {
        hanging.shutdownNow();
      }
    }
  }

  private static String send(Door door, String method, String target, String body) throws IOException {
    try (var socket = caller(door, method, target, body)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** By hand, because every client library would encode the target first. */
  private static Socket caller(Door door, String method, String target, String body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
    var request = method + " " + target + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
