package shop.orders.workflow.lane;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import shop.orders.model.OrderKey;
import shop.orders.store.Lane;
import shop.orders.workflow.command.OrderCommands.Committed;

/** Tells this process's shard threads that there is news, so that they need not wait for their next poll. Losing one costs only time. */
@Component
public class Nudges {
  private final Map<Lane, Semaphore[]> bells = new EnumMap<>(Lane.class);

  Nudges() {
    for (var lane : Lane.values()) {
      bells.put(lane, IntStream.range(0, Lane.SHARDS).mapToObj(i -> new Semaphore(0)).toArray(Semaphore[]::new));
    }
  }

  @EventListener
  void on(Committed committed) {
    nudge(Lane.RELAY, committed.key());
    if (committed.lookDue()) nudge(Lane.STEP, committed.key());
  }

  /** There is news for the shard that looks after {@code key}. */
  public void nudge(Lane lane, OrderKey key) {
    var bell = bells.get(lane)[lane.shardOf(key)];
    if (bell.availablePermits() == 0) bell.release();
  }

  /** Waits for news, at most {@code patience}. */
  void await(Lane lane, int shard, Duration patience) throws InterruptedException {
    var bell = bells.get(lane)[shard];
    if (bell.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) bell.drainPermits();
  }
}
