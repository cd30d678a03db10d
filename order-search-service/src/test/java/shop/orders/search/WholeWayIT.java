package shop.orders.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderStore;
import shop.orders.store.SampleOrders;
import shop.orders.testservers.TestServers;

/** An order from a real Cassandra by an event in a real Kafka to a list from a real Elasticsearch. */
class WholeWayIT {
  @Test
  void order_goesAllTheWay() throws Exception {
    var kafka = TestServers.kafka().bootstrapServers();
    var account = SampleOrders.newAccount();
    var sent = InMemorySpanExporter.create();
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin.createTopics(List.of(new NewTopic("whole-way", 2, (short) 1))).all().get();
    }
    try (var service =
            SearchService.startOn(
                TestServers.cassandra().hostAndPort(),
                kafka,
                TestServers.elasticsearch().uri(),
                List.of(account),
                SpanExporter.class,
                sent,
                "--management.opentelemetry.tracing.export.schedule-delay=100ms",
                "--orders.kafka.topic=whole-way",
                "--orders.store.keyspace=whole_way");
        var producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer())) {
      var key = SampleOrders.newKey(account);
      var document = OrderDocument.placed(SampleOrders.document(3));
      var placed = new Change.Placed(Flow.COMPLETE, "d1", document.value(), "500123", null);
      var decision = Decision.place(key, placed, UUID.randomUUID(), SampleOrders.NOON, "key:test").move(OrderStatus.ON_ORDER_COMPLETED);
      service.bean(OrderStore.class).commit(new OrderCommit(decision, Map.of("d1", document.fields()), null));
      var event =
          new ProducerRecord<>(
              "whole-way",
              key.toString(),
              "{\"account\":\"%s\",\"orderId\":\"%s\",\"version\":2,\"status\":\"on-order-completed\",\"at\":\"2026-11-23T12:00:00Z\"}".formatted(account, key.orderId()));
      event.headers().add("traceparent", ("00-" + traceOf(key) + "-00f067aa0ba902b7-01").getBytes(StandardCharsets.US_ASCII));
      producer.send(event);
      await().atMost(Duration.ofSeconds(60)).until(() -> service.list(account, "").body().at("/paging/total").asInt() == 1);
      var row = service.list(account, "?q=rodrigo").body().at("/list/0");
      assertThat(row.get("orderId").asString()).isEqualTo(key.orderId());
      assertThat(row.get("status").asString()).isEqualTo("on-order-completed");
      assertThat(row.get("totalValue").asLong()).isEqualTo(3150);
      assertThat(row.get("totalItems").asLong()).isEqualTo(3);
      assertThat(service.get("/actuator/health/deps", account).body().at("/components/cassandra/status").asString()).isEqualTo("UP");

      // In the trace that workflow puts its own spans of the order into.
      await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(sent.getFinishedSpanItems()).anySatisfy(span -> {
        assertThat(span.getName()).isEqualTo("order ingest");
        assertThat(span.getTraceId()).isEqualTo(traceOf(key));
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("order.id"))).isEqualTo(key.orderId());
      }));
      assertThat(sent.getFinishedSpanItems()).noneMatch(span -> span.getName().startsWith("task "));
      assertThat(service.get("/api/oms/pvt/orders", account).headers().get("X-Request-Id")).hasSize(1);
      assertThat(service.operator("GET", "/operator/incidents", null).status()).isEqualTo(200);
      assertThat(service.get("/operator/incidents", account).status()).isEqualTo(401);
    }
  }

  private static String traceOf(OrderKey key) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.toString().getBytes(StandardCharsets.UTF_8)), 0, 16);
  }
}
