package shop.orders.web.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import shop.orders.model.OrderKey;

class TraceConfigurationTest {
  private static final OrderKey KEY = new OrderKey("demo", "v1-01");

  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  OpenTelemetrySdkAutoConfiguration.class,
                  OpenTelemetryTracingAutoConfiguration.class,
                  OtlpTracingAutoConfiguration.class,
                  MicrometerTracingAutoConfiguration.class,
                  TraceConfiguration.class));

  @Test
  void untilAPlaceIsNamed_nothingIsSentAndNothingIsMade() {
    service.run(
        context -> {
          assertThat(context).doesNotHaveBean(SpanExporter.class);
          assertThat(context.getBean(Sampler.class)).isSameAs(Sampler.alwaysOff());
          assertThat(context.getBean(OrderTraces.class).begin(Stage.PUBLISH, KEY).traceparent()).isNull();
        });
  }

  @Test
  void onceAPlaceIsNamed_tracesGoThere() {
    service
        .withPropertyValues("management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces", "management.tracing.sampling.probability=1.0")
        .run(
            context -> {
              assertThat(context).hasSingleBean(SpanExporter.class);
              assertThat(context.getBean(Sampler.class).getDescription()).contains("TraceIdRatioBased");
              assertThat(context.getBean(OrderTraces.class).begin(Stage.PUBLISH, KEY).traceparent()).isNotNull();
            });
  }

  @Test
  void whatRunsEverySecond_isNotSent() {
    service
        .withBean(SpanExporter.class, InMemorySpanExporter::create)
        .withPropertyValues("management.tracing.sampling.probability=1.0")
        .run(
            context -> {
              var tracer = context.getBean(Tracer.class);
              tracer.spanBuilder().name("task progress.look").start().end();
              tracer.spanBuilder().name("http get /actuator/prometheus").tag("uri", "/actuator/prometheus").start().end();
              tracer.spanBuilder().name("http get /status").tag("uri", "/status").start().end();
              tracer.spanBuilder().name("http post /api/oms/pvt/orders").tag("uri", "/api/oms/pvt/orders").start().end();
              context.getBean(SdkTracerProvider.class).forceFlush().join(5, TimeUnit.SECONDS);
              var sent = ((InMemorySpanExporter) context.getBean(SpanExporter.class)).getFinishedSpanItems();
              assertThat(sent).extracting(span -> span.getName()).isEqualTo(List.of("http post /api/oms/pvt/orders"));
            });
  }
}
