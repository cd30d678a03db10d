package shop.orders.web.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import shop.orders.store.StoreUnavailable;

/** Every few seconds, on a thread of its own: reports what this process does. */
class StatusLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(StatusLoop.class);

  private final Measures measures;
  private final Reports reports;
  private final String service;
  private final Duration every;
  private final Clock clock;
  private final String process = UUID.randomUUID().toString();
  private final Instant startedAt;
  private volatile ScheduledExecutorService thread = stopped();
  private boolean away;

  StatusLoop(Measures measures, Reports reports, String service, Duration every, Clock clock) {
    this.measures = measures;
    this.reports = reports;
    this.service = service;
    this.every = every;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  void round() {
    try {
      reports.write(new Report(service, process, startedAt, clock.instant(), measures.read()));
      if (away) log.info("the progress of this process is reported again");
      away = false;
    } catch (StoreUnavailable e) {
      if (!away) log.warn("the progress of this process cannot be reported: {}", e.getMessage());
      away = true;
    } catch (RuntimeException e) { // a status that stands still unseen would be worse than any it could tell
      log.error("the status could not be found out, is tried again in {}", every, e);
    }
  }

  @Override
  public void start() {
    thread = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("status-"));
    thread.scheduleWithFixedDelay(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return !thread.isShutdown();
  }

  private static ScheduledExecutorService stopped() {
    var none = Executors.newSingleThreadScheduledExecutor();
    none.shutdown();
    return none;
  }
}
