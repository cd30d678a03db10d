package shop.orders.web.canary;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.web.status.CanaryStage;
import shop.orders.web.status.Measures;

/** Sends orders and tells, by stage, whether they get through. For one thread. */
class CanaryRounds {
  private static final Logger log = LoggerFactory.getLogger(CanaryRounds.class);

  private final CanaryApi api;
  private final boolean notifyPayment;
  private final Duration every;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<CanaryStage, StageMark> marks = new EnumMap<>(CanaryStage.class);
  private @Nullable CanaryStage failing;

  CanaryRounds(CanaryProperties properties, Measures measures, MeterRegistry meters, Clock clock) {
    this.api = new CanaryApi(properties);
    this.notifyPayment = properties.notifyPayment();
    this.every = properties.every();
    this.meters = meters;
    this.clock = clock;
    for (var stage : CanaryStage.values()) marks.put(stage, new StageMark(measures.of(stage.measure())));
  }

  /** One order; whatever happens to it, the round is over when the next one is to begin. */
  void round() throws InterruptedException {
    var round = new Round(api, notifyPayment, clock.instant(), every);
    boolean through = false;
    try {
      through = passAll(round);
    } finally {
      if (!through) giveUp(round);
    }
  }

  /** Another process sends orders, or nobody does. */
  void rest() {
    marks.values().forEach(StageMark::leave);
  }

  private boolean passAll(Round round) throws InterruptedException {
    boolean through = true;
    for (var stage : CanaryStage.values()) {
      if (through) through = pass(round, stage);
      else marks.get(stage).hadNoTurn(every);
    }
    if (through && failing != null) {
      log.info("the canary gets through {} again", failing.word());
      failing = null;
    }
    return through;
  }

  private boolean pass(Round round, CanaryStage stage) throws InterruptedException {
    var begun = clock.instant();
    long from = System.nanoTime();
    boolean passed = false;
    try {
      round.pass(stage);
      passed = true;
      marks.get(stage).passed(clock.instant());
    } catch (StageFailed e) {
      marks.get(stage).failed(begun, e.getMessage());
      if (failing != stage) log.warn("the canary does not get through {}: {}", stage.word(), e.getMessage());
      failing = stage;
    }
    Timer.builder("orders.canary.stage")
        .description("how long canary orders take through a stage, or until they are given up there")
        .tag("stage", stage.word())
        .tag("outcome", passed ? "passed" : "failed")
        .register(meters)
        .record(System.nanoTime() - from, TimeUnit.NANOSECONDS);
    return passed;
  }

  /** Also when this process is about to end: the order would wait for a connector that is no more. */
  private static void giveUp(Round round) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    round.giveUp();
    if (interrupted) Thread.currentThread().interrupt();
  }
}
