package shop.orders.search.rebuild;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.orders.search.rebuild.Rebuild.Pressure;
import shop.orders.web.status.Measure;
import shop.orders.web.status.Reading;

/** What a rebuild shows of itself where it runs. Safe for use by many threads. */
class RebuildMeters {
  private final Counter orders;
  private final Measure measure;
  private volatile @Nullable Pressure pressure;

  RebuildMeters(MeterRegistry meters, Measure measure) {
    this.measure = measure;
    orders = Counter.builder("orders.search.rebuild.orders").description("orders that a rebuild wrote from this instance").register(meters);
    Gauge.builder("orders.search.rebuild.share", this, m -> m.pressure == null ? 0 : m.pressure.share())
        .description("share of its time that a rebuild works on this instance; 0: none does")
        .register(meters);
    Gauge.builder("orders.search.rebuild.workflow.p99", this, m -> m.pressure == null || m.pressure.workflowMillis() == null ? Double.NaN : m.pressure.workflowMillis() / 1000.0)
        .baseUnit("seconds")
        .description("p99 of the workflow from a decision to the event log, as the rebuild sees it")
        .register(meters);
  }

  void wrote(long count) {
    orders.increment(count);
    measure.done();
  }

  /** @param now null when none runs here any more */
  void under(@Nullable Pressure now) {
    pressure = now;
    if (now != null) measure.open(measure.reading().map(Reading::oldestOpen).orElse(null));
  }

  /** A rebuild begins, or goes on, on this instance. */
  void begins(Instant at) {
    measure.open(at);
  }

  void nothingToDo() {
    measure.idle();
  }

  /** Another instance rebuilds. */
  void anothers() {
    measure.leave();
  }
}
