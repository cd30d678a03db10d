package shop.orders.workflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An antifraud provider that says what the test tells it to, per order: a row of answers, the last of them for ever. */
final class StubAntifraud implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final Map<String, String> references = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile List<String> usual = List.of("approved");

  StubAntifraud() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/antifraud/transactions", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/antifraud");
  }

  /** What is said next about orders placed from now on: statuses, or an HTTP status in digits. */
  void says(String... next) {
    usual = List.of(next);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      boolean post = exchange.getRequestMethod().equals("POST");
      var request = post ? Api.JSON.readTree(exchange.getRequestBody().readAllBytes()) : null;
      var id = request == null ? path.substring(path.lastIndexOf('/') + 1) : request.path("id").asString();
      if (request != null) references.put(id, request.path("reference").asString());
      calls.add(exchange.getRequestMethod() + " " + references.get(id));
      var row = answers.computeIfAbsent(id, i -> new ConcurrentLinkedDeque<>(usual));
      var said = row.size() > 1 ? row.poll() : row.peek();
      int status = said.matches("\\d+") ? Integer.parseInt(said) : 200;
      var body = Api.JSON.writeValueAsBytes(Map.of("id", id, "tid", "t-" + id, "status", said, "analysisType", "automatic", "responses", Map.of()));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
