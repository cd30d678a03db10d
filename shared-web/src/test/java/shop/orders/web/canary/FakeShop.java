package shop.orders.web.canary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import shop.orders.web.status.CanaryStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As much of both services' API as a canary meets, over real HTTP; what is broken answers 500. */
final class FakeShop implements AutoCloseable {
  static final String KEY = "vtexappkey-canary-TESTED";
  static final String TOKEN = "token-of-the-canary";
  static final Duration EVERY = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  final Set<CanaryStage> broken = EnumSet.noneOf(CanaryStage.class);
  final Map<String, String> orders = new LinkedHashMap<>();
  final List<String> events = new ArrayList<>();
  final List<JsonNode> configured = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  @Nullable String config;
  boolean hasAntifraud = true;
  boolean denies;
  volatile boolean hangs;

  FakeShop() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  CanaryProperties properties(boolean notifyPayment) {
    return new CanaryProperties(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), null, KEY, TOKEN, EVERY, notifyPayment);
  }

  /** Status of the order that was placed last. */
  synchronized String status() {
    return List.copyOf(orders.values()).get(orders.size() - 1);
  }

  synchronized int placed() {
    return orders.size();
  }

  synchronized boolean wasAsked(String call) {
    return asked.contains(call);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var sent = exchange.getRequestBody().readAllBytes();
    if (hangs) return;
    var path = exchange.getRequestURI().getPath();
    byte[] body;
    int status = 200;
    try {
      boolean known = KEY.equals(exchange.getRequestHeaders().getFirst("X-VTEX-API-AppKey")) && TOKEN.equals(exchange.getRequestHeaders().getFirst("X-VTEX-API-AppToken"));
      if (!known) throw new Refused(401);
      body = JSON.writeValueAsBytes(act(exchange.getRequestMethod(), path, sent.length == 0 ? JSON.missingNode() : JSON.readTree(sent)));
    } catch (Refused e) {
      status = e.status;
      body = "<html>refused</html>".getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private synchronized Object act(String method, String path, JsonNode sent) {
    asked.add(method + " " + path);
    if (path.equals("/api/oms/pvt/orders")) return method.equals("POST") ? place() : list();
    if (path.equals("/api/orders/feed/config")) return method.equals("POST") ? configure(sent) : config();
    if (path.equals("/api/orders/feed")) return method.equals("POST") ? commit(sent) : read();
    var parts = path.split("/");
    return order(parts[5], parts[parts.length - 1]);
  }

  private Object place() {
    refuseIfBroken(CanaryStage.INTAKE);
    var id = "C" + orders.size();
    orders.put(id, "payment-pending");
    if (hasAntifraud) approve(id);
    return Map.of("orderId", id);
  }

  private void approve(String id) {
    orders.put(id, denies ? "canceled" : "ready-for-handling");
    events.add(id);
  }

  private Object order(String id, String asked) {
    switch (asked) {
      case "payment-notification" -> approve(id);
      case "start-handling" -> {
        refuseIfBroken(CanaryStage.START_HANDLING);
        orders.put(id, "handling");
      }
      case "invoice" -> {
        refuseIfBroken(CanaryStage.INVOICE);
        orders.put(id, "invoiced");
      }
      case "cancel" -> orders.put(id, "canceled");
      default -> refuseIfBroken(CanaryStage.ANTIFRAUD);
    }
    return Map.of("orderId", id, "status", orders.get(id));
  }

  private Object config() {
    if (config == null) throw new Refused(404);
    return JSON.readTree(config);
  }

  private Object configure(JsonNode sent) {
    configured.add(sent);
    config = sent.toString();
    return sent;
  }

  private Object read() {
    refuseIfBroken(CanaryStage.FEED);
    return events.stream().map(id -> Map.of("orderId", id, "handle", "handle-of-" + id)).toList();
  }

  private Object commit(JsonNode sent) {
    for (var handle : sent.path("handles")) events.remove(handle.asString().substring("handle-of-".length()));
    return Map.of();
  }

  private Object list() {
    refuseIfBroken(CanaryStage.SEARCH);
    return Map.of("list", orders.entrySet().stream().map(order -> Map.of("orderId", order.getKey(), "status", order.getValue())).toList());
  }

  private void refuseIfBroken(CanaryStage stage) {
    if (broken.contains(stage)) throw new Refused(500);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static final class Refused extends RuntimeException {
    private final int status;

    private Refused(int status) {
      this.status = status;
    }
  }
}
