package shop.orders.web.trace;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import shop.orders.web.log.LogIds;

/** Puts traces into a service that has this module on its class path; they go where {@code management.opentelemetry.tracing.export.otlp.endpoint} says. */
@AutoConfiguration(after = OtlpTracingAutoConfiguration.class, before = OpenTelemetryTracingAutoConfiguration.class)
class TraceConfiguration {
  @Bean
  OrderTraces orderTraces(
      ObjectProvider<Tracer> tracer, ObjectProvider<SpanExporter> exporters, @Value("${management.tracing.sampling.probability:1.0}") double part) {
    return new OrderTraces(tracer.getIfAvailable(() -> Tracer.NOOP), exporters.stream().findAny().isPresent() ? part : 0);
  }

  /** Requests have ids for their log lines all the same. */
  @Bean
  @ConditionalOnMissingBean({SpanExporter.class, Sampler.class})
  Sampler nothingIsKept() {
    return Sampler.alwaysOff();
  }

  /** What runs every second, and what monitors ask, would be most of what is kept, and tells nothing. */
  @Bean
  SpanExportingPredicate worthKeeping() {
    return span -> !span.getName().startsWith("task ") && !isLooking(span.getTags().getOrDefault("uri", ""));
  }

  private static boolean isLooking(String uri) {
    return uri.startsWith("/actuator") || uri.startsWith("/status");
  }

  /** For the trace alone: as a metric's tag it would have no end of values. */
  @Bean
  ObservationFilter requestIdInTrace() {
    return context -> {
      var id = MDC.get(LogIds.REQUEST);
      return id != null && context instanceof ServerRequestObservationContext ? context.addHighCardinalityKeyValue(KeyValue.of("request.id", id)) : context;
    };
  }
}
