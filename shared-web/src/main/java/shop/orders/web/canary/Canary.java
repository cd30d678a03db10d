package shop.orders.web.canary;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.lease.LeasedWork;
import shop.orders.web.status.Measures;

/**
 * Sends canary orders from one process at a time, of either service: another goes on when this one hangs or dies. Stops before requests
 * under way are waited for.
 */
class Canary implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Canary.class);

  /** Beyond a round, which may end late by what giving its order up takes. */
  private static final Duration LEASE_LEFT = Duration.ofSeconds(15);

  private static final Duration LOOK_FOR_LEASE = Duration.ofSeconds(5);

  private final CanaryProperties properties;
  private final Leases leases;
  private final Measures measures;
  private final MeterRegistry meters;
  private final Clock clock;
  private volatile @Nullable ExecutorService thread;

  Canary(CanaryProperties properties, Leases leases, Measures measures, MeterRegistry meters, Clock clock) {
    this.properties = properties;
    this.leases = leases;
    this.measures = measures;
    this.meters = meters;
    this.clock = clock;
  }

  private void run() {
    var me = UUID.randomUUID().toString();
    var rounds = new CanaryRounds(properties, measures, meters, clock);
    Leases.Lease lease = null;
    try {
      while (thread != null) {
        long began = System.nanoTime();
        lease = lease(me);
        if (lease == null) rounds.rest();
        else round(rounds);
        var rhythm = lease == null ? LOOK_FOR_LEASE : properties.every();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, rhythm.toNanos() - (System.nanoTime() - began)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // asked to stop
    } finally {
      rounds.rest();
      giveBack(lease);
    }
  }

  private Leases.@Nullable Lease lease(String me) {
    try {
      return leases.acquire(Lane.CANARY, 0, me, properties.every().plus(LEASE_LEFT)).orElse(null);
    } catch (StoreUnavailable e) {
      return null; // nothing gets through while the store is away, and the status says so without a canary
    }
  }

  private static void round(CanaryRounds rounds) throws InterruptedException {
    try {
      rounds.round();
    } catch (RuntimeException e) { // what it tells grows old, which is seen; without its thread it would not be tried again
      log.error("a canary's round broke off, the next one begins in time", e);
    }
  }

  private void giveBack(Leases.@Nullable Lease lease) {
    if (lease == null) return;
    try {
      LeasedWork.giveBack(leases, lease);
    } catch (StoreUnavailable e) {
      log.info("the canary's lease could not be given up, it runs out by itself: {}", e.getMessage());
    }
  }

  @Override
  public void start() {
    if (!properties.isOn()) return;
    var started = Executors.newSingleThreadExecutor(new CustomizableThreadFactory("canary-"));
    thread = started;
    started.execute(this::run);
  }

  @Override
  public void stop() {
    var running = thread;
    if (running == null) return;
    thread = null;
    LeasedWork.end(running);
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
