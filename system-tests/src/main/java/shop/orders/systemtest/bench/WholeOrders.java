package shop.orders.systemtest.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import shop.orders.store.LogEntry;

/**
 * Orders from the front door to {@code invoiced} in the event log, with everything running: a number of them under way all the time, or so
 * many placed a second. For one use.
 */
final class WholeOrders {
  private static final int PLACERS = 8;
  private static final int MOST_EXAMPLES = 100;
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final Shop shop;
  private final Semaphore room;
  private final int inFlight;
  private final double perSecond;
  private final AtomicLong turns = new AtomicLong();
  private final Map<String, Instant> underWay = new ConcurrentHashMap<>();
  /** Arrived before its placement's answer was read. */
  private final Map<String, Instant> early = new ConcurrentHashMap<>();
  private final Queue<String> examples = new ConcurrentLinkedQueue<>();
  private final Histogram millis = new ConcurrentHistogram(TimeUnit.MINUTES.toMillis(10), 3);
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicReference<@Nullable String> lastRefusal = new AtomicReference<>();
  private volatile boolean measuring;
  private volatile boolean over;

  /** What is looked at when the stretch begins and ends. */
  record Reading(long arrived, long nanos, CpuTimes cpu, Statements statements) {}

  /**
   * @param cpu by process, over the stretch
   * @param latency in milliseconds from sending the order to {@code invoiced} in the log
   */
  record Result(long orders, double seconds, CpuTimes cpu, Statements statements, Histogram latency, long refused) {
    double perSecond() {
      return orders / seconds;
    }
  }

  /** As many as are taken, {@code inFlight} of them under way. */
  WholeOrders(Shop shop, int inFlight) {
    this(shop, inFlight, 0);
  }

  /** @param perSecond placed, however many are under way, but no more than {@code inFlight}; 0: as many as are taken */
  WholeOrders(Shop shop, int inFlight, double perSecond) {
    this.shop = shop;
    this.inFlight = inFlight;
    this.perSecond = perSecond;
    this.room = new Semaphore(inFlight);
  }

  /** For the log's follower. */
  void logged(LogEntry entry) {
    if (!entry.status().equals("invoiced") || entry.status().equals(entry.lastStatus())) return;
    var sent = underWay.remove(entry.orderId());
    if (measuring && examples.size() < MOST_EXAMPLES) examples.add(entry.orderId());
    if (sent == null) early.put(entry.orderId(), entry.appendedAt());
    else arrived(sent, entry.appendedAt());
  }

  private void arrived(Instant sent, Instant at) {
    arrived.incrementAndGet();
    if (measuring) millis.recordValue(Math.max(0, Math.min(millis.getHighestTrackableValue(), Duration.between(sent, at).toMillis())));
    room.release();
  }

  /** @param progress is told every few seconds */
  Result run(Duration warmUp, Duration measured, Supplier<Reading> reading, Consumer<String> progress) throws InterruptedException {
    try (var placing = new Placing(progress)) {
      pause(warmUp, "warming up", progress);
      measuring = true;
      var before = reading.get();
      pause(measured, "measuring", progress);
      var after = reading.get();
      measuring = false;
      return new Result(
          after.arrived() - before.arrived(), (after.nanos() - before.nanos()) / 1e9, after.cpu().since(before.cpu()),
          after.statements().minus(before.statements()), millis, refused.get());
    }
  }

  /**
   * Until {@code over} says so, which is asked every few seconds, and until all are invoiced.
   *
   * @return orders that were not taken
   * @throws IllegalStateException if some were taken and do not come to their end
   */
  long runUntil(BooleanSupplier over, Consumer<String> progress) throws InterruptedException {
    try (var placing = new Placing(progress)) {
      while (!over.getAsBoolean()) pause(LOOK_EVERY, "orders flow", progress);
    }
    if (!underWay.isEmpty()) throw new IllegalStateException(underWay.size() + " orders did not come to invoiced, one is " + underWay.keySet().iterator().next());
    return refused.get();
  }

  /** Orders are placed until this is closed; then each of them comes to its end. */
  private final class Placing implements AutoCloseable {
    private final Consumer<String> progress;
    private final Thread thread = new Thread(WholeOrders.this::placeUntilOver, "placing");

    Placing(Consumer<String> progress) {
      this.progress = progress;
      thread.start();
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      thread.join();
      drain(progress);
    }
  }

  /** Orders that came to invoiced, at most {@code most}. */
  List<String> examples(int most) {
    return examples.stream().limit(most).toList();
  }

  long count() {
    return arrived.get();
  }

  /** So that no order of this run is left for the next. */
  private void drain(Consumer<String> progress) throws InterruptedException {
    if (room.tryAcquire(inFlight, DRAIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) return;
    progress.accept(underWay.size() + " orders did not come to invoiced within " + DRAIN_LIMIT.toSeconds() + " s: " + underWay.keySet().stream().limit(3).toList());
  }

  private void pause(Duration length, String what, Consumer<String> progress) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      long before = arrived.get();
      long from = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_EVERY.toNanos()));
      double rate = (arrived.get() - before) / ((System.nanoTime() - from) / 1e9);
      var trouble = lastRefusal.getAndSet(null);
      progress.accept("%s: %.1f orders per second%s".formatted(what, rate, trouble == null ? "" : " (" + trouble + ")"));
    }
  }

  private void placeUntilOver() {
    long begun = System.nanoTime();
    try {
      Workers.run(PLACERS, () -> {
        while (!over) {
          if (!room.tryAcquire(200, TimeUnit.MILLISECONDS)) continue;
          if (perSecond > 0) TimeUnit.NANOSECONDS.sleep(begun + (long) (turns.getAndIncrement() * 1e9 / perSecond) - System.nanoTime());
          place();
        }
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void place() {
    var sent = Instant.now();
    try {
      var id = shop.place().orderId();
      underWay.put(id, sent);
      var at = early.remove(id);
      if (at != null && underWay.remove(id) != null) arrived(sent, at);
    } catch (IOException e) {
      refused.incrementAndGet();
      lastRefusal.set(e.getMessage());
      room.release();
    }
  }
}
