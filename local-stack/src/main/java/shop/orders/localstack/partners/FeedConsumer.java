package shop.orders.localstack.partners;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.Backoff;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.client.OmsClient;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Reads one feed for ever: some threads read, several act, one commits what is done. An event whose act failed is left alone and comes
 * again when its lease is over. Nothing that the API answers, or that it does not answer, ends the reading.
 */
final class FeedConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedConsumer.class);
  private static final int LOT = 10;

  /** One waits for an answer ten events at a time: at fifty orders a second a fifth of a second is too long. */
  private static final int READERS = 3;

  static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration RETENTION = Duration.ofDays(4);
  private static final Duration WHEN_EMPTY = Duration.ofMillis(200);
  private static final Duration GATHERING = Duration.ofMillis(20);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final String name;
  private final OmsClient oms;
  private final List<String> statuses;
  private final FeedHandler handler;
  private final BooleanSupplier paused;
  private final CountDownLatch stopped;
  private final Semaphore room;
  private final ExecutorService readersAndCommitter;
  private final ExecutorService workers;
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private volatile boolean configured;

  /**
   * @param statuses the feed brings orders that come into one of these
   * @param workers how many events are acted on at once
   * @param paused asked before every reading
   * @param stopped ends every wait; shared with the handler
   */
  FeedConsumer(String name, OmsClient oms, List<String> statuses, int workers, BooleanSupplier paused, CountDownLatch stopped, FeedHandler handler) {
    this.name = name;
    this.oms = oms;
    this.statuses = List.copyOf(statuses);
    this.handler = handler;
    this.paused = paused;
    this.stopped = stopped;
    this.room = new Semaphore(workers + (READERS + 1) * LOT); // a little ahead of the workers, never so far that a lease runs out in the queue
    this.readersAndCommitter = Executors.newFixedThreadPool(READERS + 1, task -> new Thread(task, name + "-feed"));
    this.workers = Executors.newFixedThreadPool(workers, task -> new Thread(task, name));
  }

  void start() {
    for (int i = 0; i < READERS; i++) readersAndCommitter.submit(() -> forEver("reading the feed", this::readOnce));
    readersAndCommitter.submit(() -> forEver("committing", this::commitOnce));
  }

  /** The feed exists: orders from now on are not missed. */
  boolean configured() {
    return configured;
  }

  @Override
  public void close() {
    stopped.countDown();
    readersAndCommitter.shutdownNow();
    workers.shutdownNow();
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void forEver(String what, Step step) {
    int failures = 0;
    try {
      while (stopped.getCount() > 0) {
        try {
          step.run();
          if (failures > 0) LOG.info("{}: {} works again after {} failures", name, what, failures);
          failures = 0;
        } catch (IOException | RuntimeException e) {
          failures++;
          if (Integer.bitCount(failures) == 1) LOG.warn("{}: {} failed, {} in a row: {}", name, what, failures, e.toString());
          pause(BACKOFF.delay(failures));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the way close() ends it
    }
  }

  private void readOnce() throws IOException, InterruptedException {
    configure();
    if (paused.getAsBoolean()) {
      pause(WHEN_EMPTY);
      return;
    }
    room.acquire(LOT);
    List<FeedEvent> events = List.of();
    try {
      events = read();
    } finally {
      room.release(Math.max(0, LOT - events.size()));
    }
    events.forEach(event -> workers.execute(() -> act(event)));
    if (events.isEmpty()) pause(WHEN_EMPTY);
  }

  private List<FeedEvent> read() throws IOException, InterruptedException {
    var answer = oms.get("/api/orders/feed?maxlot=" + LOT);
    if (answer.status() == 404) {
      LOG.warn("{}: the feed is gone, setting it up again", name);
      configured = false;
      return List.of();
    }
    if (!answer.ok()) throw refused("read", answer);
    try {
      return Json.MAPPER.readValue(answer.body(), new TypeReference<List<FeedEvent>>() {});
    } catch (JacksonException e) {
      throw new IOException("not a list of events: " + answer.summary(), e);
    }
  }

  /** Whichever reader comes first does it. */
  private synchronized void configure() throws IOException, InterruptedException {
    if (configured) return;
    var answer = oms.post("/api/orders/feed/config", Map.of(
        "filter", Map.of("type", "FromWorkflow", "status", statuses),
        "queue", Map.of("visibilityTimeoutInSeconds", LEASE.toSeconds(), "messageRetentionPeriodInSeconds", RETENTION.toSeconds())));
    if (!answer.ok()) throw refused("configuration", answer);
    configured = true;
    LOG.info("{}: feed of {} is set up", name, statuses);
  }

  private void act(FeedEvent event) {
    try {
      if (handler.handle(event)) done.add(event.handle());
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: order {} is left for later: {}", name, event.orderId(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  /** Whatever is done within a moment goes into one call. */
  private void commitOnce() throws IOException, InterruptedException {
    var handles = new ArrayList<String>(LOT);
    for (var handle = done.take(); handle != null; handle = handles.size() < LOT ? done.poll(GATHERING.toMillis(), TimeUnit.MILLISECONDS) : null) {
      handles.add(handle);
    }
    try {
      var answer = oms.post("/api/orders/feed", Map.of("handles", handles));
      if (answer.notNow()) throw refused("commit", answer);
      // refused for good: the events come again and find their orders done
      if (!answer.ok()) LOG.warn("{}: commit of {} events: {}", name, handles.size(), answer.summary());
    } catch (IOException e) {
      done.addAll(handles);
      throw e;
    }
  }

  private void pause(Duration wait) throws InterruptedException {
    stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static IOException refused(String what, Answer answer) {
    return new IOException(what + " answered " + answer.summary());
  }
}
