package shop.orders.localstack.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order API as partners and replays need it, in memory: orders by id, their actions, feeds per key. It approves payments itself, by
 * the same words in the buyer's e-mail as the stub provider; imports are kept as they come. Two troubles can be asked for: answering 503 before doing, and breaking the
 * connection after doing.
 */
public final class FakeOms implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final Clock clock = Clock.systemUTC();
  private final Random random = new Random(7);
  private final Map<String, ObjectNode> orders = new TreeMap<>();
  private final Map<String, String> idempotent = new HashMap<>();
  private final Map<String, Feed> feeds = new HashMap<>();
  private final Map<String, Integer> calls = new TreeMap<>();
  private volatile double refuses;
  private volatile double breaks;
  private volatile double putsOff;
  private volatile boolean wrongKey;

  private static final class Feed {
    List<String> statuses = List.of();
    final Map<String, Instant> visibleFrom = new TreeMap<>();
    final Map<String, ObjectNode> events = new HashMap<>();
  }

  public FakeOms() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public Connection connection(String key) {
    return new Connection(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "demo", key, "token");
  }

  /**
   * @param refuses share of calls answered 503
   * @param breaks share of calls done and then cut off without an answer
   */
  public void trouble(double refuses, double breaks) {
    this.refuses = refuses;
    this.breaks = breaks;
  }

  /** @param share of imported orders that are answered "retry" */
  public void putsOff(double share) {
    this.putsOff = share;
  }

  /** Whether imports are answered 401. */
  public void wrongKey(boolean wrong) {
    this.wrongKey = wrong;
  }

  public synchronized List<ObjectNode> orders() {
    return orders.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** How often a call took effect, by its kind. */
  public synchronized int calls(String kind) {
    return calls.getOrDefault(kind, 0);
  }

  /** Forgets that a key has a feed, as the platform does with an idle one. */
  public synchronized void dropFeeds() {
    feeds.clear();
  }

  public synchronized int uncommitted() {
    return feeds.values().stream().mapToInt(feed -> feed.events.size()).sum();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record Reply(int status, String body) {}

  private void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (chance(refuses)) {
      send(exchange, new Reply(503, "{\"error\":{\"code\":\"1\",\"message\":\"not now\",\"exception\":null}}"));
      return;
    }
    var reply = reply(exchange, body);
    if (chance(breaks)) {
      exchange.close();
      return;
    }
    send(exchange, reply);
  }

  private synchronized boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    try (exchange) {
      var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Reply reply(HttpExchange exchange, String body) {
    var key = exchange.getRequestHeaders().getFirst("X-VTEX-API-AppKey");
    var path = exchange.getRequestURI().getPath();
    var method = exchange.getRequestMethod();
    if (path.equals("/api/orders/feed/config")) return configure(key, Json.MAPPER.readTree(body));
    if (path.equals("/api/orders/feed")) return method.equals("GET") ? read(key) : commit(key, Json.MAPPER.readTree(body));
    if (path.equals("/api/oms/pvt/orders/import")) return importAll(exchange.getRequestURI().getQuery(), body);
    if (path.equals("/api/oms/pvt/orders")) return place(exchange.getRequestHeaders().getFirst("Idempotency-Key"), (ObjectNode) Json.MAPPER.readTree(body));
    var parts = path.substring("/api/oms/pvt/orders/".length()).split("/");
    var order = orders.get(parts[0]);
    if (order == null) return new Reply(404, "{\"error\":{\"code\":\"OMS007\",\"message\":\"Order Not Found\",\"exception\":null}}");
    if (parts.length == 1) return new Reply(200, order.toString());
    return switch (parts[parts.length - 1]) {
      case "start-handling" -> startHandling(order);
      case "cancel" -> cancel(order);
      case "invoice" -> invoice(order, Json.MAPPER.readTree(body));
      case "tracking" -> track(order, parts[2], Json.MAPPER.readTree(body));
      default -> new Reply(404, "{}");
    };
  }

  private Reply place(String key, ObjectNode document) {
    if (key != null && idempotent.containsKey(key)) return new Reply(201, idempotent.get(key));
    var id = "v" + (1000 + orders.size()) + "demo-01";
    var order = document.deepCopy().put("orderId", id).put("status", "payment-pending");
    orders.put(id, order);
    count("place");
    var mailbox = order.get("clientProfileData").get("email").asString();
    if (mailbox.contains("denied")) move(order, "canceled");
    else if (!mailbox.contains("undefined")) move(order, "ready-for-handling");
    var answer = Json.MAPPER.createObjectNode().put("date", "").put("orderId", id).put("receipt", "").put("orderGroup", id.replace("-01", "")).toString();
    if (key != null) idempotent.put(key, answer);
    return new Reply(201, answer);
  }

  /** Refuses a document without a status, and one of more than 200 items together with the whole request. */
  private Reply importAll(String query, String body) {
    if (wrongKey) return new Reply(401, "");
    var documents = Json.MAPPER.readTree(body);
    if (documents.size() > 100) return new Reply(400, "{\"error\":{\"code\":\"1\",\"message\":\"too many\",\"exception\":null}}");
    for (var document : documents) if (document.path("items").size() > 200) return new Reply(413, "{}");
    count("live=true".equals(query) ? "import live" : "import");
    var results = Json.MAPPER.createArrayNode();
    for (var document : documents) {
      var id = document.path("orderId").asString("");
      var known = orders.get(id);
      var result = !document.hasNonNull("status") ? "refused" : random.nextDouble() < putsOff ? "retry"
          : known == null ? "imported" : known.equals(document) ? "unchanged" : "refused";
      if (result.equals("imported")) orders.put(id, (ObjectNode) document);
      results.addObject().put("index", results.size() - 1).put("orderId", id).put("result", result).put("reason", result.equals("refused") ? "status is required" : null);
    }
    return new Reply(200, Json.MAPPER.createObjectNode().set("results", results).toString());
  }

  private Reply startHandling(ObjectNode order) {
    if (!status(order).equals("ready-for-handling")) {
      return new Reply(409, "{\"error\":{\"code\":\"OMS003\",\"message\":\"Order status should be ready-for-handling to perform this action\",\"exception\":null}}");
    }
    count("start-handling");
    move(order, "handling");
    return new Reply(204, "");
  }

  private Reply cancel(ObjectNode order) {
    if (status(order).equals("invoiced")) return new Reply(400, "{}");
    count("cancel");
    move(order, "canceled");
    return new Reply(200, "{}");
  }

  private Reply invoice(ObjectNode order, JsonNode invoice) {
    var packages = (ArrayNode) order.get("packageAttachment").get("packages");
    for (var known : packages) if (known.get("invoiceNumber").equals(invoice.get("invoiceNumber"))) return new Reply(200, "{}");
    if (!status(order).equals("handling")) return new Reply(400, "{}");
    count("invoice");
    packages.addObject().put("invoiceNumber", invoice.get("invoiceNumber").asString()).put("type", "Output")
        .put("issuanceDate", invoice.get("issuanceDate").asString())
        .put("invoiceValue", Long.parseLong(invoice.get("invoiceValue").asString())).putNull("courierStatus");
    if (order.get("value").asLong() == Long.parseLong(invoice.get("invoiceValue").asString())) move(order, "invoiced");
    return new Reply(200, "{}");
  }

  private Reply track(ObjectNode order, String invoiceNumber, JsonNode tracking) {
    for (var known : order.get("packageAttachment").get("packages")) {
      if (!known.get("invoiceNumber").asString().equals(invoiceNumber)) continue;
      var courier = ((ObjectNode) known).putObject("courierStatus").put("finished", tracking.get("isDelivered").asBoolean());
      courier.set("data", tracking.get("events"));
      count("track");
      return new Reply(200, "{}");
    }
    return new Reply(404, "{}");
  }

  private void move(ObjectNode order, String status) {
    var last = status(order);
    order.put("status", status);
    for (var feed : feeds.values()) {
      if (!feed.statuses.contains(status)) continue;
      var handle = "h" + feed.events.size() + "-" + random.nextLong();
      feed.events.put(handle, Json.MAPPER.createObjectNode().put("eventId", handle).put("handle", handle).put("domain", "Fulfillment")
          .put("state", status).put("lastState", last).put("orderId", order.get("orderId").asString()));
      feed.visibleFrom.put(handle, clock.instant());
    }
  }

  private Reply configure(String key, JsonNode config) {
    var statuses = new ArrayList<String>();
    config.get("filter").get("status").forEach(status -> statuses.add(status.asString()));
    feeds.computeIfAbsent(key, none -> new Feed()).statuses = statuses;
    return new Reply(200, "");
  }

  private Reply read(String key) {
    var feed = feeds.get(key);
    if (feed == null) return new Reply(404, "");
    var now = clock.instant();
    var lot = Json.MAPPER.createArrayNode();
    for (var entry : feed.visibleFrom.entrySet()) {
      if (lot.size() == 10 || entry.getValue().isAfter(now)) continue;
      lot.add(feed.events.get(entry.getKey()));
      entry.setValue(now.plus(Duration.ofSeconds(2))); // shorter than asked for, so that tests see events come again
    }
    return new Reply(200, lot.toString());
  }

  private Reply commit(String key, JsonNode handles) {
    var feed = feeds.get(key);
    if (feed == null) return new Reply(404, "");
    for (var handle : handles.get("handles")) {
      feed.events.remove(handle.asString());
      feed.visibleFrom.remove(handle.asString());
    }
    return new Reply(200, "");
  }

  private void count(String kind) {
    calls.merge(kind, 1, Integer::sum);
  }

  private static String status(ObjectNode order) {
    return order.get("status").asString();
  }
}
