package shop.orders.workflow.lane;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.web.status.Measures;

/** Runs a thread per lane and shard. Several instances of the service compete for the shards; one that dies is replaced when its leases end. */
@Component
class Lanes implements SmartLifecycle {
  private final List<LaneWork> works;
  private final Leases leases;
  private final Nudges nudges;
  private final LaneProperties properties;
  private final Measures measures;
  private final MeterRegistry meters;
  private final List<ShardThread> threads = new ArrayList<>();

  Lanes(List<LaneWork> works, Leases leases, Nudges nudges, LaneProperties properties, Measures measures, MeterRegistry meters) {
    this.works = works;
    this.leases = leases;
    this.nudges = nudges;
    this.properties = properties;
    this.measures = measures;
    this.meters = meters;
  }

  @Override
  public void start() {
    var owner = UUID.randomUUID().toString();
    for (var work : works) {
      var meter = new LaneMeter(work.lane(), meters);
      for (int shard = 0; shard < Lane.SHARDS; shard++) {
        var measure = measures.of(work.lane().word() + "/" + shard);
        threads.add(new ShardThread(work.lane(), shard, owner, leases, work.shard(shard), nudges, properties, measure, meter));
      }
    }
    threads.forEach(Thread::start);
  }

  @Override
  public void stop() {
    threads.forEach(ShardThread::end);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    try {
      for (var thread : threads) thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return !threads.isEmpty();
  }
}
