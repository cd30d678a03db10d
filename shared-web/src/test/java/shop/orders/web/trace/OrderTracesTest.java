package shop.orders.web.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import shop.orders.model.OrderKey;
import shop.orders.web.log.LogIds;

class OrderTracesTest {
  private static final OrderKey KEY = new OrderKey("demo", "v500123demo-01");

  /** {@code printf 'demo/v500123demo-01' | sha256sum | cut -c1-32}: other tools must come to the same. */
  private static final String TRACE = "cdd68b114b24e4149425bb23ccbf5fca";

  private static final String ROOT = "06326b92a5857673";
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.000001Z");

  private final InMemorySpanExporter sent = InMemorySpanExporter.create();
  private final OtelTracer tracer =
      new OtelTracer(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(sent)).build().get("test"), new OtelCurrentTraceContext(), event -> {});

  @Test
  void whatManyProcessesDoForAnOrder_isOneTrace() {
    traces(1).during(Stage.STEP, KEY, () -> "done");
    traces(1).note(Stage.RELAY, KEY, null, NOON, NOON.plusSeconds(2));
    traces(1).begin(Stage.PUBLISH, KEY).end();
    assertThat(sent.getFinishedSpanItems()).extracting(SpanData::getName).containsExactly("order step", "order relay", "order publish");
    assertThat(sent.getFinishedSpanItems()).allSatisfy(span -> {
      assertThat(span.getTraceId()).isEqualTo(TRACE);
      assertThat(span.getParentSpanId()).isEqualTo(ROOT);
    });
    var relay = sent.getFinishedSpanItems().get(1);
    assertThat(relay.getStartEpochNanos()).isEqualTo(NOON.getEpochSecond() * 1_000_000_000 + NOON.getNano());
    assertThat(relay.getEndEpochNanos() - relay.getStartEpochNanos()).isEqualTo(2_000_000_000L);
  }

  @Test
  void whatFollowedFromASpan_isItsChild_unlessTheHeaderIsOfAnotherTrace() {
    var publish = traces(1).begin(Stage.PUBLISH, KEY);
    publish.end();
    traces(1).note(Stage.INGEST, KEY, publish.traceparent(), NOON, NOON);
    traces(1).note(Stage.INGEST, KEY, "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01", NOON, NOON);
    traces(1).note(Stage.INGEST, KEY, "rubbish", NOON, NOON);
    var publishId = sent.getFinishedSpanItems().get(0).getSpanId();
    assertThat(sent.getFinishedSpanItems()).extracting(SpanData::getParentSpanId).containsExactly(ROOT, publishId, ROOT, ROOT);
    assertThat(sent.getFinishedSpanItems()).extracting(SpanData::getTraceId).containsOnly(TRACE);
  }

  @Test
  void callWithinAStep_isItsChild_andOneOnItsOwnIsNotKept() {
    traces(1).call("antifraud provider call", () -> "alone");
    traces(1).during(Stage.STEP, KEY, () -> traces(1).call("antifraud provider call", () -> "within"));
    assertThat(sent.getFinishedSpanItems()).extracting(SpanData::getName).containsExactly("antifraud provider call", "order step");
    assertThat(sent.getFinishedSpanItems().get(0).getParentSpanId()).isEqualTo(sent.getFinishedSpanItems().get(1).getSpanId());
  }

  @Test
  void orderPlacedByARequest_isLinkedToIt_andNamesIt() {
    var request = tracer.spanBuilder().name("http post").start();
    MDC.put(LogIds.REQUEST, "req-1");
    try (var scope = tracer.withSpan(request)) {
      traces(1).during(Stage.INTAKE, KEY, () -> assertThat(MDC.get("orderId")).isEqualTo(KEY.orderId()));
    } finally {
      MDC.clear();
      request.end();
    }
    var intake = sent.getFinishedSpanItems().get(0);
    assertThat(intake.getTraceId()).isEqualTo(TRACE);
    assertThat(intake.getAttributes().asMap().toString()).contains("request.id=req-1", "order.account=demo", "order.id=v500123demo-01");
    assertThat(intake.getLinks()).singleElement().satisfies(link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(request.context().traceId()));
    assertThat(sent.getFinishedSpanItems().get(1).getAttributes().asMap().toString()).contains("order.id=v500123demo-01");
  }

  @Test
  void failure_isInTheSpan_andGoesOn() {
    assertThatThrownBy(() -> traces(1).during(Stage.STEP, KEY, () -> { throw new IllegalStateException("odd"); })).hasMessage("odd");
    assertThat(sent.getFinishedSpanItems()).singleElement().satisfies(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
  }

  @Test
  void whatIsNeverEnded_isNeverSent() {
    traces(1).begin(Stage.PUBLISH, KEY);
    assertThat(sent.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void partOfTheOrders_isTheSameOrdersAtEachStage() {
    for (int i = 0; i < 1_000; i++) {
      var key = new OrderKey("demo", "v" + i + "-01");
      traces(0.2).note(Stage.RELAY, key, null, NOON, NOON);
      traces(0.2).begin(Stage.PUBLISH, key).end();
    }
    var perTrace = sent.getFinishedSpanItems().stream().collect(Collectors.groupingBy(SpanData::getTraceId));
    assertThat(perTrace).hasSizeBetween(120, 280);
    assertThat(perTrace.values()).allSatisfy(spans -> assertThat(spans).hasSize(2));
  }

  @Test
  void nothingIsMade_whileNothingIsKept() {
    assertThat(traces(0).during(Stage.STEP, KEY, () -> String.valueOf(tracer.currentSpan()))).isEqualTo("null");
    assertThat(traces(0).begin(Stage.PUBLISH, KEY).traceparent()).isNull();
    traces(0).note(Stage.RELAY, KEY, null, NOON, NOON);
    assertThat(sent.getFinishedSpanItems()).isEmpty();
  }

  private OrderTraces traces(double part) {
    return new OrderTraces(tracer, part);
  }
}
