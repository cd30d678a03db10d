package shop.orders.search.rebuild;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import shop.orders.model.OrderKey;
import shop.orders.search.fill.Patience;
import shop.orders.search.index.IndexReport;
import shop.orders.store.KeptDocument;

/** Gathers orders of some parts and hands them on, some at a time and at the pace allowed. For one thread. */
final class Batch implements Wave.Sink {
  /** Of documents gathered, about, at most; each thread of a rebuild has as many in memory. */
  private static final long BYTES = 8 << 20;

  private final int size;
  private final Duration longestPause;
  private final Throttle throttle;
  private final Function<List<OrderKey>, IndexReport> byKey;
  private final Function<List<KeptDocument>, IndexReport> kept;
  private final Ledger ledger;
  private final List<OrderKey> keys = new ArrayList<>();
  private final List<KeptDocument> orders = new ArrayList<>();
  private long bytes;
  private long done;
  private long begun = System.nanoTime();

  Batch(
      int size,
      Duration longestPause,
      Throttle throttle,
      Function<List<OrderKey>, IndexReport> byKey,
      Function<List<KeptDocument>, IndexReport> kept,
      Ledger ledger) {
    this.size = size;
    this.longestPause = longestPause;
    this.throttle = throttle;
    this.byKey = byKey;
    this.kept = kept;
    this.ledger = ledger;
  }

  @Override
  public void add(OrderKey key) {
    keys.add(key);
    if (keys.size() >= throttle.atOnce(size)) flush();
  }

  @Override
  public void add(KeptDocument order) {
    orders.add(order);
    if (order.json() != null) bytes += order.json().length;
    if (orders.size() >= throttle.atOnce(size) || bytes >= BYTES) flush();
  }

  /** Whether what was added since {@link #takeDone} is worth a request. */
  boolean isEnough() {
    int gathered = keys.size() + orders.size();
    return done > 0 || gathered > 0 && gathered >= throttle.atOnce(size) / 2;
  }

  /** Returns when everything added is in. */
  void flush() {
    if (keys.isEmpty() && orders.isEmpty()) return;
    new Patience(longestPause, () -> {})
        .until(
            "the rebuild's next " + (keys.size() + orders.size()) + " orders",
            () -> {
              if (!keys.isEmpty()) take(byKey.apply(List.copyOf(keys)));
              keys.clear();
              if (!orders.isEmpty()) take(kept.apply(List.copyOf(orders)));
              orders.clear();
              bytes = 0;
            });
    if (Thread.currentThread().isInterrupted()) throw new Patience.Stopped("the rebuild does not go on here");
    throttle.rest(System.nanoTime() - begun);
    begun = System.nanoTime();
  }

  private void take(IndexReport report) {
    ledger.indexed(report);
    done += report.versions().size() + report.unreadable().size();
  }

  /** Orders handed on since this was last asked for, or since they are added {@linkplain #again again}, as the ledger counts them. */
  long takeDone() {
    long now = done;
    done = 0;
    return now;
  }

  /** The parts are read from their beginning. What was added and not handed on yet stays. */
  void again() {
    ledger.undone(done);
    done = 0;
  }
}
