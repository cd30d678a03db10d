package shop.orders.web.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Runs every {@link Probe}. What fails is said once, and once when it works again. */
class Probes implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Probes.class);

  private final List<Probe> probes;
  private final Measures measures;
  private final Duration every;
  private volatile @Nullable ScheduledExecutorService threads;

  Probes(List<Probe> probes, Measures measures, Duration every) {
    this.probes = probes;
    this.measures = measures;
    this.every = every;
  }

  @Override
  public void start() {
    var started = Executors.newScheduledThreadPool(Math.max(1, probes.size()), new CustomizableThreadFactory("probe-"));
    for (var probe : probes) started.scheduleWithFixedDelay(new Tried(probe, measures.of(probe.measure())), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    threads = started;
  }

  @Override
  public void stop() {
    var running = threads;
    if (running != null) running.shutdownNow();
    threads = null;
  }

  @Override
  public boolean isRunning() {
    return threads != null;
  }

  /** One probe and what became of it the last time. */
  private static final class Tried implements Runnable {
    private final Probe probe;
    private final Measure measure;
    private boolean failing;

    Tried(Probe probe, Measure measure) {
      this.probe = probe;
      this.measure = measure;
    }

    @Override
    public void run() {
      try {
        probe.check();
        measure.done();
        measure.note(null);
        if (failing) log.info("{} works again", probe.measure());
        failing = false;
      } catch (RuntimeException e) {
        measure.note(e.getMessage());
        if (!failing) log.warn("{} does not work: {}", probe.measure(), e.toString());
        failing = true;
      }
    }
  }
}
