package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.testservers.TestServers;

/** What an order leaves behind for whoever looks for it later: one trace, and lines in the log, by order and by request. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
@Import(TraceIT.Kept.class)
class TraceIT {
  private static final String OPERATOR = "operator-token-of-the-test";
  private static final String TOPIC = "traced-" + UUID.randomUUID();
  private static final StubAntifraud ANTIFRAUD = new StubAntifraud();

  @Value("${local.server.port}")
  int port;

  @Autowired InMemorySpanExporter sent;

  private String account;
  private Api api;

  @TestConfiguration
  static class Kept {
    @Bean
    InMemorySpanExporter sent() {
      return InMemorySpanExporter.create();
    }
  }

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), TestServers.kafka().bootstrapServers());
    registry.add("orders.operator.token", () -> OPERATOR);
    registry.add("orders.kafka.topic", () -> TOPIC);
    registry.add("management.opentelemetry.tracing.export.schedule-delay", () -> "100ms");
  }

  @BeforeEach
  void account() {
    account = "t" + UUID.randomUUID().toString().substring(0, 8);
    api = Api.newAccount(port, OPERATOR, account, "PT0S", ANTIFRAUD.url());
  }

  @Test
  void anOrdersTrace_showsAllThatWasDoneForIt() throws Exception {
    ANTIFRAUD.says("approved");
    var id = place("req-of-the-trace");
    await()
        .atMost(Duration.ofSeconds(45))
        .untilAsserted(() -> assertThat(spans(id)).extracting(SpanData::getName).contains("order intake", "order step", "antifraud provider call", "order relay", "order publish"));
    var spans = spans(id);
    var call = one(spans, "antifraud provider call");
    assertThat(spans).anySatisfy(span -> {
      assertThat(span.getName()).isEqualTo("order step");
      assertThat(call.getParentSpanId()).isEqualTo(span.getSpanId());
    });
    // Few, whatever happens meanwhile: not one per statement.
    assertThat(spans).hasSizeLessThan(30);

    var intake = one(spans, "order intake");
    assertThat(intake.getAttributes().get(AttributeKey.stringKey("request.id"))).isEqualTo("req-of-the-trace");
    var request = intake.getLinks().get(0).getSpanContext();
    assertThat(request.getTraceId()).isNotEqualTo(intake.getTraceId());
    await().untilAsserted(() -> assertThat(sent.getFinishedSpanItems()).anySatisfy(span -> {
      assertThat(span.getSpanId()).isEqualTo(request.getSpanId());
      assertThat(span.getAttributes().get(AttributeKey.stringKey("request.id"))).isEqualTo("req-of-the-trace");
      assertThat(span.getAttributes().get(AttributeKey.stringKey("order.id"))).isEqualTo(id);
    }));

    var publishes = spans.stream().filter(span -> span.getName().equals("order publish")).map(span -> "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01").toList();
    assertThat(publishes).contains(traceparentInKafka(account + "/" + id));
  }

  @Test
  void logLines_areFoundByOrderAndByRequest(CapturedOutput output) {
    ANTIFRAUD.says("503", "approved");
    var id = place("req-of-the-log");
    await().atMost(Duration.ofSeconds(45)).until(() -> api.get("/api/oms/pvt/orders/" + id).json().path("status").asString(), "ready-for-handling"::equals);
    assertThat(output.getAll().lines().filter(line -> line.contains("account=" + account + " order=" + id + " ")))
        .anyMatch(line -> line.contains(" request=req-of-the-log ") && line.contains(": placed (order-created), "))
        .anyMatch(line -> line.contains("the antifraud provider answers 503") && line.matches(".* trace=[0-9a-f]{32} .*"));

    var made = api.get("/api/oms/pvt/orders/" + id).headers().firstValue("X-Request-Id");
    assertThat(made).hasValueSatisfying(requestId -> assertThat(requestId).matches("[0-9a-f-]{36}"));
  }

  @Test
  void metrics_tellWhatBecameOfOrdersAndHowLateTheyAre() {
    ANTIFRAUD.says("approved");
    place("req-of-the-metrics");
    assertThat(api.post("/api/oms/pvt/orders", "[]").status()).isEqualTo(400);
    await().atMost(Duration.ofSeconds(45)).untilAsserted(() -> {
      var metrics = api.get("/actuator/prometheus").text();
      assertThat(metrics)
          .containsPattern("orders_intake_orders_total\\{from=\"checkout\",outcome=\"accepted\"} [1-9]")
          .containsPattern("orders_intake_orders_total\\{from=\"checkout\",outcome=\"refused\"} [1-9]")
          .containsPattern("orders_partner_calls_seconds_count\\{kind=\"antifraud-provider\",outcome=\"answered\"} [1-9]")
          .containsPattern("orders_relay_lag_seconds_count [1-9]")
          .containsPattern("orders_publish_lag_seconds_count [1-9]")
          .containsPattern("orders_step_looks_seconds_count\\{outcome=\"done\"} [1-9]")
          .containsPattern("orders_lane_rounds_seconds_count\\{lane=\"publish\",outcome=\"done\"} [1-9]");
    });
  }

  @Test
  void incidents_areTheOperatorsAlone() {
    assertThat(api.get("/operator/incidents").status()).isEqualTo(401);
    var incidents = new Api(port, Map.of("X-Operator-Token", OPERATOR)).get("/operator/incidents");
    assertThat(incidents.status()).isEqualTo(200);
    assertThat(incidents.json().path("quiet").asString()).isEqualTo("PT10M");
    assertThat(incidents.json().path("incidents").isArray()).isTrue();
  }

  private String place(String requestId) {
    var placed = api.send("POST", "/api/oms/pvt/orders", Shop.order("1"), Map.of("X-Request-Id", requestId));
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    assertThat(placed.headers().firstValue("X-Request-Id")).contains(requestId);
    return placed.json().path("orderId").asString();
  }

  /** The order's trace, as anybody can find it who knows the order. */
  private List<SpanData> spans(String id) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest((account + "/" + id).getBytes(StandardCharsets.UTF_8));
    var trace = HexFormat.of().formatHex(digest, 0, 16);
    return sent.getFinishedSpanItems().stream().filter(span -> span.getTraceId().equals(trace)).toList();
  }

  private static SpanData one(List<SpanData> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  private static String traceparentInKafka(String key) {
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka().bootstrapServers(), ConsumerConfig.GROUP_ID_CONFIG, "test-" + System.nanoTime(), ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      return await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                  if (record.key().equals(key)) return new String(record.headers().lastHeader("traceparent").value(), StandardCharsets.US_ASCII);
                }
                return "";
              },
              found -> !found.isEmpty());
    }
  }
}
