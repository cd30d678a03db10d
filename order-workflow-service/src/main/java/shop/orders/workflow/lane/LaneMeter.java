package shop.orders.workflow.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import shop.orders.store.Lane;

/** Times the rounds of one lane, all shards together. */
class LaneMeter {
  private final Timer done;
  private final Timer failed;

  LaneMeter(Lane lane, MeterRegistry meters) {
    done = timer(lane, "done", meters);
    failed = timer(lane, "failed", meters);
  }

  private static Timer timer(Lane lane, String outcome, MeterRegistry meters) {
    return Timer.builder("orders.lane.rounds").tag("lane", lane.word()).tag("outcome", outcome).description("rounds over a shard that is ours").register(meters);
  }

  /** @param began by {@link System#nanoTime} */
  void done(long began) {
    done.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
  }

  /** As {@link #done}. */
  void failed(long began) {
    failed.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
  }
}
