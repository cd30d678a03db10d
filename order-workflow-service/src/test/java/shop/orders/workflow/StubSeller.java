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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An outside seller that answers as the test tells it: to {@code orders}, {@code fulfill} and {@code cancel} a row of answers each, the last for ever. */
final class StubSeller implements AutoCloseable {
  /** The answer of one who takes note and has not decided. */
  static final String NOTHING = "nothing";

  /** A yes that is kept back until the test {@linkplain #release() releases} it. */
  static final String HELD = "held";

  private static final String YES = "200";

  private final HttpServer server;
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final CountDownLatch held = new CountDownLatch(1);
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

  void release() {
    held.countDown();
  }

  long count(String call) {
    return calls.stream().filter(c -> c.substring(0, c.indexOf(' ')).endsWith(call)).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var call = path.substring(path.lastIndexOf('/') + 1);
      calls.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      var row = answers.computeIfAbsent(call, c -> new ConcurrentLinkedDeque<>(List.of(YES)));
      var said = row.size() > 1 ? row.poll() : row.peek();
      if (said.equals(HELD)) held.await(20, TimeUnit.SECONDS);
      var body = said.equals(YES) || said.equals(HELD) ? Api.JSON.writeValueAsBytes(Map.of("orderId", "THEIRS-1", "receipt", "r")) : new byte[0];
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (said.equals("302")) exchange.getResponseHeaders().set("Location", url() + "/login");
      exchange.sendResponseHeaders(said.equals(NOTHING) || said.equals(HELD) ? 200 : Integer.parseInt(said), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
