package shop.orders.workflow.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import shop.orders.store.StoreUnavailable;

/**
 * Refills the gaps of feeds, page by page on one thread, so that live traffic goes first. Whoever reads a feed with a gap has it worked on; what
 * a process that dies leaves undone the next reader's goes on with.
 */
@Component
class Refills implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Refills.class);

  private final GapFiller filler;
  private final FeedWaits waits;
  private final Counter refilled;
  private final Set<FeedKey> underWay = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ExecutorService worker;

  Refills(GapFiller filler, FeedWaits waits, MeterRegistry meters) {
    this.filler = filler;
    this.waits = waits;
    refilled = Counter.builder("orders.feed.refilled").description("Events that were found in their orders and put into a feed in place of a gap").register(meters);
  }

  @EventListener
  void on(GapOpen gap) {
    if (underWay.add(gap.feed()) && !submit(gap.feed())) underWay.remove(gap.feed());
  }

  /** One step, and the next after those of other feeds. */
  private void work(FeedKey feed) {
    boolean more = false;
    try {
      var step = filler.step(feed);
      refilled.increment(step.found());
      if (step.found() > 0) waits.ring(feed);
      more = step.more();
    } catch (StoreUnavailable e) {
      log.info("a gap of {} could not be refilled, its next reader will have it tried again: {}", feed, e.getMessage());
    } catch (RuntimeException e) {
      log.error("a gap of {} could not be refilled, its next reader will have it tried again", feed, e);
    }
    if (!more || !submit(feed)) {
      underWay.remove(feed);
      filler.forget(feed);
    }
  }

  private boolean submit(FeedKey feed) {
    var now = worker;
    if (now == null) return false;
    try {
      now.execute(() -> work(feed));
      return true;
    } catch (RejectedExecutionException e) {
      return false; // stopping
    }
  }

  @Override
  public synchronized void start() {
    if (worker == null) worker = Executors.newSingleThreadExecutor(new CustomizableThreadFactory("feed-refill-"));
  }

  @Override
  public synchronized void stop() {
    var stopping = worker;
    worker = null;
    if (stopping != null) stopping.shutdown(); // the page under way is finished
  }

  @Override
  public synchronized boolean isRunning() {
    return worker != null;
  }
}
