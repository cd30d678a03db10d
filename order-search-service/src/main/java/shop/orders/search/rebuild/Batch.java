package shop.orders.search.rebuild;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import shop.orders.model.OrderKey;
import shop.orders.search.fill.Patience;
import shop.orders.search.index.IndexReport;
import shop.orders.store.KeptDocument;

/**
 * Reads parts of a wave, gathers their orders and hands them on, some at a time and at the pace allowed: of many small parts together, of a
 * large one again and again. What was handed on of a part is not handed on once more. For one thread.
 */
final class Batch implements Wave.Sink {
  /** Of documents gathered, about, at most; each thread of a rebuild has as many in memory. */
  private static final long BYTES = 8 << 20;

  /** Parts with few orders or none that are taken together. */
  private static final int MOST_PARTS = 64;

  private final Wave wave;
  private final Parts parts;
  private final int size;
  private final Duration longestPause;
  private final Throttle throttle;
  private final Function<List<OrderKey>, IndexReport> byKey;
  private final Function<List<KeptDocument>, IndexReport> kept;
  private final List<OrderKey> keys = new ArrayList<>();
  private final List<KeptDocument> orders = new ArrayList<>();
  private final List<Integer> read = new ArrayList<>();
  private long bytes;
  private long indexed;

  /** Nanoseconds of work since the last rest, as far as it is counted, and since when it is not. */
  private long worked;

  private long begun = System.nanoTime();

  /** Being read; -1 if none is. */
  private int part = -1;

  /** Orders of that part that were handed on or are gathered, and those that came by in this try. */
  private long taken;

  private long passed;

  /**
   * @param size orders handed on at once, at most
   * @param longestPause between tries to hand some on
   * @param byKey what takes orders without a document
   * @param kept what takes orders with their documents
   */
  Batch(
      Wave wave,
      Parts parts,
      int size,
      Duration longestPause,
      Throttle throttle,
      Function<List<OrderKey>, IndexReport> byKey,
      Function<List<KeptDocument>, IndexReport> kept) {
    this.wave = wave;
    this.parts = parts;
    this.size = size;
    this.longestPause = longestPause;
    this.throttle = throttle;
    this.byKey = byKey;
    this.kept = kept;
  }

  /** Reads parts as long as there are some; returns when all their orders are in. */
  void work() {
    for (var next = parts.take(); next.isPresent(); next = parts.take()) {
      int number = next.getAsInt();
      new Patience(longestPause, () -> {}).until("a part of " + wave.what(), () -> read(number));
    }
    flush();
  }

  private void read(int number) {
    begun = System.nanoTime(); // after an outage too: waiting is no work
    if (part != number) taken = parts.taken(number);
    part = number;
    passed = 0;
    wave.read(number, this);
    read.add(number);
    part = -1;
    count();
    if (keys.isEmpty() && orders.isEmpty() || isEnough() || read.size() >= MOST_PARTS) flush();
  }

  @Override
  public void add(OrderKey key) {
    if (comesAgain() || !wave.claim(key)) return;
    keys.add(key);
    if (keys.size() >= throttle.atOnce(size)) flush();
  }

  @Override
  public void add(KeptDocument order) {
    if (comesAgain()) return;
    orders.add(order);
    if (order.json() != null) bytes += order.json().length;
    if (orders.size() >= throttle.atOnce(size) || bytes >= BYTES) flush();
  }

  /** Counts an order that comes by. @return whether it was handed on, or gathered, before */
  private boolean comesAgain() {
    if (++passed <= taken) return true;
    taken = passed;
    return false;
  }

  /** Whether it is worth a request. */
  private boolean isEnough() {
    return keys.size() + orders.size() >= throttle.atOnce(size) / 2;
  }

  private void count() {
    long now = System.nanoTime();
    worked += now - begun;
    begun = now;
  }

  /** Returns when everything gathered is in. */
  private void flush() {
    count();
    indexed = 0;
    long gathered = keys.size() + orders.size();
    parts.begin(gathered);
    if (gathered > 0) worked += new Patience(longestPause, () -> {}).until("the rebuild's next " + gathered + " orders", this::handOn);
    parts.done(read, part, taken, gathered, indexed);
    read.clear();
    if (Thread.currentThread().isInterrupted()) throw new Patience.Stopped("the rebuild does not go on here");
    throttle.rest(worked);
    worked = 0;
    begun = System.nanoTime();
  }

  private void handOn() {
    if (!keys.isEmpty()) indexed += byKey.apply(List.copyOf(keys)).orders();
    keys.clear();
    if (!orders.isEmpty()) indexed += kept.apply(List.copyOf(orders)).orders();
    orders.clear();
    bytes = 0;
  }
}
