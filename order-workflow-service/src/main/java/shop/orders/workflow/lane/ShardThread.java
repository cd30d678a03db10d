package shop.orders.workflow.lane;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.status.Measure;

/** Works on one shard for as long as this process holds its lease. A failed round is logged when it begins to fail, and tried again. */
class ShardThread extends Thread {
  private static final Logger log = LoggerFactory.getLogger(ShardThread.class);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final Lane lane;
  private final int shard;
  private final String owner;
  private final Leases leases;
  private final ShardWork work;
  private final Nudges nudges;
  private final LaneProperties properties;
  private final Measure measure;
  private final LaneMeter meter;

  private Leases.@Nullable Lease lease;
  private long renewedAt;
  private boolean failing;
  private volatile boolean stopped;

  ShardThread(Lane lane, int shard, String owner, Leases leases, ShardWork work, Nudges nudges, LaneProperties properties, Measure measure, LaneMeter meter) {
    super(lane.word() + "-" + shard);
    this.lane = lane;
    this.shard = shard;
    this.owner = owner;
    this.leases = leases;
    this.work = work;
    this.nudges = nudges;
    this.properties = properties;
    this.measure = measure;
    this.meter = meter;
  }

  @Override
  public void run() {
    while (!stopped) {
      long began = System.nanoTime();
      try {
        boolean more = round();
        if (lease != null) meter.done(began);
        if (failing) log.info("{} works again", getName());
        failing = false;
        if (!more) nudges.await(lane, shard, lease == null ? properties.lease().dividedBy(6) : properties.pollEvery());
        gather(began);
      } catch (InterruptedException e) {
        break; // asked to stop
      } catch (Throwable e) { // an Error too: a shard without its thread would stand still unseen
        if (!failing || !(e instanceof StoreUnavailable)) log.warn("{} failed, goes on trying", getName(), e);
        failing = true;
        meter.failed(began);
        pause();
      }
    }
    measure.leave();
    release();
  }

  /** A round begins no sooner than this after the one before it. */
  private void gather(long began) throws InterruptedException {
    long left = properties.gather().toNanos() - (System.nanoTime() - began);
    if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
  }

  /** Asks the thread to end after its present round and give its shard up. */
  void end() {
    stopped = true;
    interrupt();
  }

  private boolean round() {
    if (!holdsLease()) {
      measure.leave();
      return false;
    }
    boolean more = work.tick();
    work.tell(measure);
    return more;
  }

  private boolean holdsLease() {
    if (lease != null && System.nanoTime() - renewedAt < properties.lease().dividedBy(3).toNanos()) return true;
    var before = lease;
    var asked = System.nanoTime();
    lease = leases.acquire(lane, shard, owner, properties.lease()).orElse(null);
    renewedAt = asked;
    if (lease == null) return false;
    if (before == null || before.fence() != lease.fence()) {
      log.info("{} is ours, fence {}", getName(), lease.fence());
      work.begin();
    }
    return true;
  }

  private void release() {
    if (lease == null) return;
    try {
      Thread.interrupted(); // the driver would refuse to wait in an interrupted thread
      leases.release(lease);
    } catch (RuntimeException e) {
      log.info("{} could not be given up, its lease runs out by itself: {}", getName(), e.getMessage());
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_FAILURE.toMillis());
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
