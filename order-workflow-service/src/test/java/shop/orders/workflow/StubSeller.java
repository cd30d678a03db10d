package shop.orders.workflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An outside seller that answers as the test tells it: to {@code orders}, {@code fulfill} and {@code cancel} a row of answers each, the last for ever. */
final class StubSeller implements AutoCloseable {
  /** The answer of one who takes note and has not decided. */
  static final String NOTHING = "nothing";

  private static final String YES = "200";

  private final HttpServer server;
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();

  StubSeller() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/fulfillment");
  }

  /** @param said HTTP statuses in digits, or {@link #NOTHING} */
  void says(String call, String... said) {
    answers.put(call, new ConcurrentLinkedDeque<>(List.of(said)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var call = path.substring(path.lastIndexOf('/') + 1);
      calls.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      var row = answers.computeIfAbsent(call, c -> new ConcurrentLinkedDeque<>(List.of(YES)));
      var said = row.size() > 1 ? row.poll() : row.peek();
      var body = said.equals(YES) ? Api.JSON.writeValueAsBytes(Map.of("orderId", "THEIRS-1", "receipt", "r")) : new byte[0];
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(said.equals(NOTHING) ? 200 : Integer.parseInt(said), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
