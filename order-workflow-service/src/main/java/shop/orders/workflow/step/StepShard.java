package shop.orders.workflow.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.Lane;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Wakeup;
import shop.orders.store.Wakeups;
import shop.orders.web.log.LogIds;
import shop.orders.web.status.Measure;
import shop.orders.web.trace.OrderTraces;
import shop.orders.web.trace.Stage;
import shop.orders.workflow.lane.OpenWakeups;
import shop.orders.workflow.lane.ShardWork;
import shop.orders.workflow.step.Step.Verdict;

/** Looks at the orders of one shard whose time has come. The shard's thread hands them out, a pool looks; one order is looked at by one at a time. */
class StepShard implements ShardWork {
  private static final Logger log = LoggerFactory.getLogger(StepShard.class);

  /** After a look that the store did not let us take. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** After a look that failed for a reason of the order's own: it must not hold the shard's mark back. */
  private static final Duration LATER = Duration.ofMinutes(1);

  private final OrderStore store;
  private final Wakeups wakeups;
  private final OpenWakeups open;
  private final Function<Order, Verdict> step;
  private final Function<Order, Optional<Instant>> nextLook;
  private final Consumer<OrderKey> lookEnded;
  private final Clock clock;
  private final Executor pool;
  private final LookMeter meter;
  private final OrderTraces traces;

  private final Map<OrderKey, Instant> notBefore = new HashMap<>();
  private final Map<OrderKey, List<Wakeup>> inHand = new HashMap<>();
  private final ConcurrentLinkedQueue<Looked> looked = new ConcurrentLinkedQueue<>();

  /** The pool was full: more is due than was handed out. */
  private volatile boolean waiting;

  /** A look that ended. */
  private record Looked(OrderKey key, boolean settled) {}

  /**
   * @param step looks at an order whose time has come
   * @param nextLook when an order is to be looked at, empty for never
   * @param lookEnded told of a look that ended, in whatever way, while others wait for room: the shard should tick
   */
  StepShard(
      OrderStore store,
      Wakeups wakeups,
      OpenWakeups open,
      Function<Order, Verdict> step,
      Function<Order, Optional<Instant>> nextLook,
      Consumer<OrderKey> lookEnded,
      Clock clock,
      Executor pool,
      LookMeter meter,
      OrderTraces traces) {
    this.store = store;
    this.wakeups = wakeups;
    this.open = open;
    this.step = step;
    this.nextLook = nextLook;
    this.lookEnded = lookEnded;
    this.clock = clock;
    this.pool = pool;
    this.meter = meter;
    this.traces = traces;
  }

  @Override
  public void begin() {
    open.begin();
    notBefore.clear();
  }

  @Override
  public boolean tick() {
    collect();
    waiting = false;
    var now = clock.instant();
    var due = new LinkedHashMap<OrderKey, List<Wakeup>>();
    for (var wakeup : open.refresh()) due.computeIfAbsent(wakeup.key(), k -> new ArrayList<>()).add(wakeup);
    for (var one : due.entrySet()) {
      var wait = notBefore.get(one.getKey());
      if (inHand.containsKey(one.getKey()) || (wait != null && now.isBefore(wait))) continue;
      if (!hand(one.getKey(), one.getValue())) {
        waiting = true;
        break;
      }
    }
    return waiting && !looked.isEmpty(); // what ends is collected by the next round, which can wait unless others wait for the room
  }

  @Override
  public void tell(Measure measure) {
    open.tell(measure);
  }

  /** @return false if the pool is full */
  private boolean hand(OrderKey key, List<Wakeup> due) {
    inHand.put(key, due);
    try {
      pool.execute(() -> LogIds.during(key, () -> handed(key, due)));
      return true;
    } catch (RejectedExecutionException e) {
      inHand.remove(key); // the next tick tries again
      return false;
    }
  }

  private void handed(OrderKey key, List<Wakeup> due) {
    long began = System.nanoTime();
    var outcome = LookMeter.Outcome.FAILED;
    boolean settled = false;
    try {
      settled = traces.during(Stage.STEP, key, () -> look(key, due));
      outcome = settled ? LookMeter.Outcome.DONE : LookMeter.Outcome.EARLY;
    } catch (StoreUnavailable e) {
      outcome = LookMeter.Outcome.STORE_AWAY;
      log.info("{} could not be looked at, will be again: {}", key, e.getMessage());
    } catch (RuntimeException e) {
      log.error("{} could not be looked at, will be again in {}", key, LATER, e);
      settled = putOff(key, due);
    } finally {
      meter.record(outcome, began);
      looked.add(new Looked(key, settled));
      if (waiting) lookEnded.accept(key);
    }
  }

  private boolean putOff(OrderKey key, List<Wakeup> due) {
    long version = due.stream().mapToLong(Wakeup::version).max().orElse(0);
    try {
      wakeups.write(Lane.STEP, new Wakeup(key, version, clock.instant().plus(LATER)));
      return true;
    } catch (StoreUnavailable e) {
      return false;
    }
  }

  private void collect() {
    for (var done = looked.poll(); done != null; done = looked.poll()) {
      var due = inHand.remove(done.key);
      if (due == null) continue;
      if (done.settled) {
        open.settle(due);
        notBefore.remove(done.key);
      } else {
        notBefore.put(done.key, clock.instant().plus(PAUSE));
      }
    }
  }

  /** @return whether these wakeups are settled */
  private boolean look(OrderKey key, List<Wakeup> due) {
    var found = store.find(key);
    long version = found.map(Order::version).orElse(0L);
    for (var wakeup : due) if (version <= wakeup.version() && !lockedOut(wakeup)) return false;
    if (found.isEmpty()) return true;
    var order = found.get();
    var next = nextLook.apply(order);
    if (next.isEmpty()) return true;
    if (next.get().isAfter(clock.instant())) {
      writeWakeup(order, next.get()); // its time was moved, a longer grace period perhaps, and no other wakeup need stand for it
      return true;
    }
    if (step.apply(order) instanceof Verdict.TryAgain again) {
      log.info("{} in {} waits {}: {}", key, order.status(), again.after(), again.reason());
      writeWakeup(order, clock.instant().plus(again.after()));
    }
    return true;
  }

  private void writeWakeup(Order order, Instant dueAt) {
    wakeups.write(Lane.STEP, new Wakeup(order.key(), order.version() - 1, dueAt));
  }

  private boolean lockedOut(Wakeup wakeup) {
    return clock.instant().isAfter(wakeup.dueAt().plus(OpenWakeups.BATCH_IS_LATE)) && store.seal(wakeup.key(), wakeup.version());
  }
}
