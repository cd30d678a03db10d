package shop.orders.web.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The board and what it is made from as gauges, of every process and the same in each. */
class StatusMeters implements BiConsumer<Evidence, Map<Capability, Standing>> {
  private final Map<Capability, State> states = new ConcurrentHashMap<>();
  private final MultiGauge seen;
  private final MultiGauge open;
  private final MultiGauge written;
  private final Clock clock;

  StatusMeters(MeterRegistry meters, Clock clock) {
    this.clock = clock;
    for (var capability : Capability.values()) {
      Gauge.builder("orders.status", () -> number(states.getOrDefault(capability, State.UNKNOWN)))
          .tag("capability", capability.word())
          .description("how a capability stands: 0 up, 1 degraded, 2 stalled, 3 down; none while it is not known")
          .register(meters);
    }
    seen = MultiGauge.builder("orders.progress.seen.age").baseUnit("seconds").description("how long ago a piece of work was last looked after, by whichever process").register(meters);
    open = MultiGauge.builder("orders.progress.age").baseUnit("seconds").description("how long the oldest work waits that could be done; 0 if none does").register(meters);
    written = MultiGauge.builder("orders.progress.written.age").baseUnit("seconds").description("how long ago the last process of a service reported").register(meters);
  }

  private static double number(State state) {
    return state == State.UNKNOWN ? Double.NaN : state.ordinal() - State.UP.ordinal();
  }

  @Override
  public void accept(Evidence evidence, Map<Capability, Standing> all) {
    all.forEach((capability, standing) -> states.put(capability, standing.state()));
    var now = clock.instant();
    var newest = new TreeMap<String, Reading>();
    var services = new TreeMap<String, Instant>();
    for (var report : evidence.reports()) {
      services.merge(report.service(), report.writtenAt(), (a, b) -> a.isAfter(b) ? a : b);
      report.measures().forEach((name, reading) -> newest.merge(name, reading, (a, b) -> a.seenAt().isAfter(b.seenAt()) ? a : b));
    }
    var seenRows = new ArrayList<MultiGauge.Row<?>>();
    var openRows = new ArrayList<MultiGauge.Row<?>>();
    newest.forEach(
        (name, reading) -> {
          seenRows.add(MultiGauge.Row.of(Tags.of("measure", name), age(reading.seenAt(), now)));
          openRows.add(MultiGauge.Row.of(Tags.of("measure", name), age(reading.oldestOpen(), now)));
        });
    openRows.add(MultiGauge.Row.of(Tags.of("measure", "index"), age(evidence.unindexedSince(), now)));
    var writtenRows = new ArrayList<MultiGauge.Row<?>>();
    services.forEach((service, at) -> writtenRows.add(MultiGauge.Row.of(Tags.of("service", service), age(at, now))));
    seen.register(seenRows, true);
    open.register(openRows, true);
    written.register(writtenRows, true);
  }

  private static double age(@Nullable Instant at, Instant now) {
    return at == null ? 0 : Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
  }
}
