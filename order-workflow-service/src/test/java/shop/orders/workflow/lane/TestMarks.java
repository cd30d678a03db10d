package shop.orders.workflow.lane;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import shop.orders.store.Lane;
import shop.orders.store.Stores;
import shop.orders.store.Wakeup;
import shop.orders.store.Wakeups;

/** Lets tests of other packages have a shard's view of its wakeups. */
public final class TestMarks {
  private TestMarks() {}

  public static OpenWakeupsFactory factory(Stores stores, Clock clock) {
    return factory(stores.wakeups()::read, stores, clock);
  }

  /** With a reading of wakeups of the test's own. */
  public static OpenWakeupsFactory factory(Read read, Stores stores, Clock clock) {
    var wakeups =
        new Wakeups() {
          @Override
          public void write(Lane lane, Wakeup wakeup) {
            stores.wakeups().write(lane, wakeup);
          }

          @Override
          public List<Wakeup> read(Lane lane, int shard, Instant from, Instant to, int limit) {
            return read.read(lane, shard, from, to, limit);
          }

          @Override
          public List<Wakeup> readOn(Lane lane, int shard, Wakeup last, Instant to, int limit) {
            return stores.wakeups().readOn(lane, shard, last, to, limit);
          }
        };
    return new OpenWakeupsFactory(wakeups, new Marks(stores.cursors(), clock), clock);
  }

  @FunctionalInterface
  public interface Read {
    List<Wakeup> read(Lane lane, int shard, Instant from, Instant to, int limit);
  }
}
