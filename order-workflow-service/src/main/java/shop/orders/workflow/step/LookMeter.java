package shop.orders.workflow.step;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Times looks at orders whose time has come, calls of partners among it. */
class LookMeter {
  enum Outcome {
    DONE,
    /** What was announced has not been written yet. */
    EARLY,
    STORE_AWAY,
    /** A bug, or an order that cannot be read. */
    FAILED
  }

  private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

  LookMeter(MeterRegistry meters) {
    for (var outcome : Outcome.values()) {
      var word = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
      timers.put(outcome, Timer.builder("orders.step.looks").tag("outcome", word).description("looks at orders whose time has come").register(meters));
    }
  }

  /** @param began by {@link System#nanoTime} */
  void record(Outcome outcome, long began) {
    timers.get(outcome).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
  }
}
