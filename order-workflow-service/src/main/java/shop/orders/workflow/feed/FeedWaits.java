package shop.orders.workflow.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;
import shop.orders.store.EventLog;
import shop.orders.web.ApiError;
import shop.orders.workflow.relay.Appended;

/**
 * Readers that wait for their feed's next event. They hold no threads: a few look for all of them, when this process appended, when a lease
 * ran out, and when the log's head, which is looked at once per account and interval, has moved.
 */
@Component
class FeedWaits implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FeedWaits.class);
  private static final int LOOKING = 4;

  /** So that one integrator leaves room for the others. */
  private static final int MOST_PER_KEY = 20;

  private final FeedConfigs configs;
  private final Deliveries deliveries;
  private final EventLog eventLog;
  private final FeedProperties properties;
  private final Clock clock;
  private final Set<FeedWait> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger room = new AtomicInteger();
  private final Set<String> headsAsked = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ExecutorService lookers;
  private volatile @Nullable ScheduledExecutorService ticker;

  FeedWaits(FeedConfigs configs, Deliveries deliveries, EventLog eventLog, FeedProperties properties, Clock clock, MeterRegistry meters) {
    this.configs = configs;
    this.deliveries = deliveries;
    this.eventLog = eventLog;
    this.properties = properties;
    this.clock = clock;
    this.room.set(properties.mostWaiting());
    Gauge.builder("orders.feed.waiting", waiting, Set::size).description("Readers that wait for their feed").register(meters);
  }

  /**
   * Answers when there is something for the feed, or with nothing when patience ends.
   *
   * @param read of this reader, which found nothing
   * @throws ApiError 429 if too many wait already
   */
  DeferredResult<ResponseEntity<List<FeedItem>>> begin(FeedKey feed, Asked asked, Duration patience, Deliveries.Read read) {
    if (waiting.stream().filter(w -> w.feed.isOfTheKeyOf(feed)).count() >= MOST_PER_KEY) {
      throw new ApiError(HttpStatus.TOO_MANY_REQUESTS, "OMS429", "This key has " + MOST_PER_KEY + " readers waiting already; read without wait.");
    }
    if (room.getAndDecrement() <= 0) {
      room.incrementAndGet();
      throw new ApiError(HttpStatus.TOO_MANY_REQUESTS, "OMS429", "Too many readers are waiting for their feeds; read without wait.");
    }
    var wait = new FeedWait(feed, asked, patience, read);
    wait.result.onCompletion(() -> end(wait));
    waiting.add(wait);
    ring(wait); // what came between the read and here rang for nobody
    return wait.result;
  }

  @EventListener
  void on(Appended appended) {
    for (var wait : waiting) {
      if (!wait.feed.account().equals(appended.account())) continue;
      long rest = wait.rest();
      if (rest == 0) ring(wait);
      else if (wait.postpone()) ringLater(wait, rest);
    }
  }

  private void ringLater(FeedWait wait, long millis) {
    var now = ticker;
    if (now == null) return;
    try {
      now.schedule(
          () -> {
            wait.resume();
            ring(wait);
          },
          millis,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("stopping, which ends {}'s wait", wait.feed);
    }
  }

  /** There may be something for the feed's readers. */
  void ring(FeedKey feed) {
    for (var wait : waiting) if (wait.feed.equals(feed)) ring(wait);
  }

  private void ring(FeedWait wait) {
    if (wait.ring() && !submit(() -> look(wait))) wait.endWithNothing();
  }

  private void look(FeedWait wait) {
    int seen;
    do {
      seen = wait.rings();
      if (wait.result.isSetOrExpired()) return; // leaves it rung: nobody looks for it again
      try {
        wait.saw(deliveries.read(wait.feed, configs.require(wait.feed), wait.asked));
      } catch (RuntimeException e) {
        wait.result.setErrorResult(e);
      }
    } while (!wait.isQuietAfter(seen));
  }

  private void tick() {
    try {
      for (var wait : waiting) {
        if (wait.isOver() && wait.isQuiet()) { // what a look finds now is this reader's
          wait.endWithNothing();
          end(wait);
        } else if (!wait.isOver() && wait.leaseRanOut(clock)) {
          ring(wait);
        }
      }
      for (var account : waiting.stream().map(w -> w.feed.account()).collect(Collectors.toSet())) {
        if (headsAsked.add(account) && !submit(() -> lookAtHead(account))) headsAsked.remove(account);
      }
    } catch (RuntimeException e) {
      log.error("looking after waiting readers failed, will be tried again", e); // thrown, it would end the ticker
    }
  }

  private void lookAtHead(String account) {
    try {
      long head = eventLog.head(account);
      for (var wait : waiting) if (wait.feed.account().equals(account) && wait.hasNotSeen(head)) ring(wait);
    } catch (RuntimeException e) {
      log.info("the log of {} could not be looked at, its readers go on waiting: {}", account, e.getMessage());
    } finally {
      headsAsked.remove(account);
    }
  }

  private void end(FeedWait wait) {
    if (waiting.remove(wait)) room.incrementAndGet();
  }

  private boolean submit(Runnable task) {
    var now = lookers;
    if (now == null) return false;
    try {
      now.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false; // stopping
    }
  }

  @Override
  public synchronized void start() {
    if (ticker != null) return;
    lookers = Executors.newFixedThreadPool(LOOKING, new CustomizableThreadFactory("feed-look-"));
    var started = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("feed-tick-"));
    long every = properties.lookAgainEvery().toMillis();
    started.scheduleWithFixedDelay(this::tick, every, every, TimeUnit.MILLISECONDS);
    ticker = started;
  }

  /** Before the web server, which waits for requests under way. */
  @Override
  public synchronized void stop() {
    var stopping = lookers;
    var ticking = ticker;
    if (ticking == null || stopping == null) return;
    lookers = null;
    ticker = null;
    ticking.shutdownNow();
    waiting.forEach(FeedWait::endWithNothing);
    stopping.shutdown();
  }

  @Override
  public synchronized boolean isRunning() {
    return ticker != null;
  }
}
