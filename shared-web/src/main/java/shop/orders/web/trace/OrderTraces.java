package shop.orders.web.trace;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import shop.orders.model.OrderKey;
import shop.orders.web.log.LogIds;

/**
 * Puts what is done for an order into the order's trace: a span per order and stage. Costs nothing while no traces are sent anywhere. Safe for
 * use by many threads.
 */
public class OrderTraces {
  /** W3C's header for what {@link Open#traceparent} gives, so that other readers of the topic can follow it too. Only while traces are kept. */
  public static final String TRACEPARENT = "traceparent";

  private final Tracer tracer;
  private final double part;

  /** @param part of all orders whose traces are kept, from 0 for none to 1 */
  OrderTraces(Tracer tracer, double part) {
    this.tracer = tracer;
    this.part = part;
  }

  /** Keeps nothing. */
  public static OrderTraces none() {
    return new OrderTraces(Tracer.NOOP, 0);
  }

  /**
   * Works on one order, on this thread. What is logged meanwhile names the order; what is begun meanwhile by {@link #call} is part of it. Within
   * a request the request's own trace is linked.
   */
  public <T extends @Nullable Object> T during(Stage stage, OrderKey key, Supplier<T> work) {
    try (var ids = LogIds.of(key)) {
      var trace = kept(key);
      if (trace == null) return work.get();
      var request = tracer.currentSpan();
      var builder = builder(stage, key, trace, trace.rootId());
      var requestId = MDC.get(LogIds.REQUEST);
      if (requestId != null) builder.tag("request.id", requestId);
      if (request != null) {
        request.tag("order.id", key.orderId());
        builder.addLink(new Link(request.context()));
      }
      return in(builder.start(), work);
    }
  }

  /** Calls somebody outside, as part of what this thread is at; on its own it is not worth a trace. */
  public <T extends @Nullable Object> T call(String name, Supplier<T> work) {
    if (part <= 0 || tracer.currentSpan() == null) return work.get();
    return in(tracer.spanBuilder().name(name).kind(Span.Kind.CLIENT).start(), work);
  }

  private <T extends @Nullable Object> T in(Span span, Supplier<T> work) {
    try (var scope = tracer.withSpan(span)) {
      return work.get();
    } catch (RuntimeException | Error e) {
      span.error(e);
      throw e;
    } finally {
      span.end();
    }
  }

  /** Notes what was done for an order among others. @param traceparent what it followed from; null or not of this trace: the order itself */
  public void note(Stage stage, OrderKey key, @Nullable String traceparent, Instant began, Instant ended) {
    var trace = kept(key);
    if (trace == null) return;
    builder(stage, key, trace, trace.parentId(traceparent)).startTimestamp(micros(began), TimeUnit.MICROSECONDS).start().end(micros(ended), TimeUnit.MICROSECONDS);
  }

  /** Something under way for an order among others. One that is never ended is never sent. */
  public interface Open {
    /** For whoever goes on with it elsewhere; null if it is not kept. */
    @Nullable String traceparent();

    void end();
  }

  /** Begins what is done for an order among others. */
  public Open begin(Stage stage, OrderKey key) {
    var trace = kept(key);
    if (trace == null) return NOTHING;
    var span = builder(stage, key, trace, trace.rootId()).kind(Span.Kind.PRODUCER).start();
    return new Open() {
      @Override
      public String traceparent() {
        return trace.traceparent(span.context().spanId());
      }

      @Override
      public void end() {
        span.end();
      }
    };
  }

  private static final Open NOTHING =
      new Open() {
        @Override
        public @Nullable String traceparent() {
          return null;
        }

        @Override
        public void end() {}
      };

  private @Nullable OrderTrace kept(OrderKey key) {
    if (part <= 0) return null;
    var trace = OrderTrace.of(key);
    return trace.isKept(part) ? trace : null;
  }

  private Span.Builder builder(Stage stage, OrderKey key, OrderTrace trace, String parentId) {
    TraceContext parent = tracer.traceContextBuilder().traceId(trace.traceId()).spanId(parentId).sampled(true).build();
    return tracer.spanBuilder().setParent(parent).name(stage.words()).tag("order.account", key.account()).tag("order.id", key.orderId());
  }

  private static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1_000;
  }
}
