package shop.orders.workflow.lane;

import java.time.Clock;
import org.springframework.stereotype.Component;
import shop.orders.store.Lane;
import shop.orders.store.Wakeups;

/** Makes the view of a shard's wakeups that its worker keeps. */
@Component
public class OpenWakeupsFactory {
  private final Wakeups wakeups;
  private final Marks marks;
  private final Clock clock;

  OpenWakeupsFactory(Wakeups wakeups, Marks marks, Clock clock) {
    this.wakeups = wakeups;
    this.marks = marks;
    this.clock = clock;
  }

  public OpenWakeups of(Lane lane, int shard) {
    return new OpenWakeups(wakeups, marks, lane, shard, clock);
  }
}
