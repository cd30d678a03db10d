package shop.orders.systemtest.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.replay.OrderGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Places orders, and acts on them as an ERP does. Documents are made beforehand and used in turn: making them is not what is measured.
 * Safe for use by many threads.
 */
final class Shop {
  private static final int CONNECTIONS = 64;
  private static final byte[] NOTHING = {};

  private final PlainHttp http;
  private final List<Document> documents;
  private final AtomicInteger next = new AtomicInteger();

  /** @param lines as an invoice over all of it names them */
  private record Document(byte[] json, List<Map<String, Object>> lines) {}

  /** An order that is placed. */
  record Placed(String orderId, List<Map<String, Object>> lines) {}

  private Shop(Connection connection, List<Document> documents) {
    this.http = new PlainHttp(connection, CONNECTIONS);
    this.documents = documents;
  }

  /** Orders that are paid by the buyer and judged by antifraud. */
  static Shop usual(Connection connection, OrderGenerator orders, int stock) {
    return new Shop(connection, LongStream.range(0, stock).mapToObj(orders::order).map(order -> document(order.document())).toList());
  }

  /** Orders with nothing to pay: they are ready for handling as soon as they are placed. */
  static Shop gifts(Connection connection, OrderGenerator orders, int stock) {
    return new Shop(connection, LongStream.range(0, stock).mapToObj(orders::order).map(order -> document(order.document().put("value", 0))).toList());
  }

  private static Document document(ObjectNode document) {
    var lines = new ArrayList<Map<String, Object>>();
    document.get("items").forEach(item -> lines.add(
        Map.of("id", item.get("id").asString(), "quantity", item.get("quantity").asInt(), "price", item.get("price").asLong())));
    return new Document(Json.MAPPER.writeValueAsBytes(document), lines);
  }

  /** @throws IOException if it is not placed, or nobody knows whether it is */
  Placed place() throws IOException {
    var document = documents.get(Math.floorMod(next.getAndIncrement(), documents.size()));
    var answer = http.post("/api/oms/pvt/orders", document.json(), Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    return new Placed(Json.MAPPER.readTree(answer).get("orderId").asString(), document.lines());
  }

  void startHandling(Placed order) throws IOException {
    http.post("/api/oms/pvt/orders/" + order.orderId() + "/start-handling", NOTHING, Map.of());
  }

  /** One invoice over everything, as the stub ERP sends it. */
  void invoice(Placed order) throws IOException {
    var number = "NFE-" + order.orderId();
    var invoice = Map.of(
        "type", "Output", "issuanceDate", "2026-11-24T12:00:00Z", "invoiceNumber", number, "invoiceValue", "0",
        "invoiceUrl", "https://invoices.example.com/" + number + ".pdf", "courier", "Correios", "trackingNumber", "TRK-" + order.orderId(),
        "items", order.lines());
    http.post("/api/oms/pvt/orders/" + order.orderId() + "/invoice", Json.MAPPER.writeValueAsBytes(invoice), Map.of());
  }

  /** Sizes of the documents as they are sent. */
  String sizes() {
    var sizes = documents.stream().mapToInt(document -> document.json().length).sorted().toArray();
    double lines = documents.stream().mapToInt(document -> document.lines().size()).average().orElse(0);
    long sum = 0;
    for (int size : sizes) sum += size;
    return "%.1f lines and %,d bytes of JSON on average, %,d in the middle, %,d at the 99th percentile".formatted(
        lines, sum / sizes.length, sizes[sizes.length / 2], sizes[sizes.length * 99 / 100]);
  }
}
