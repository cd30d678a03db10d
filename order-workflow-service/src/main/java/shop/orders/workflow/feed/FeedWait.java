package shop.orders.workflow.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/** One reader that waits. Safe for use by many threads. */
final class FeedWait {
  /** Beyond its time, after which the server itself gives up on the request. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Between two looks at what this process appended, the second time that it was nothing for this reader; longer and longer from there. */
  private static final long SHORTEST_REST = 25;

  private static final int DOUBLED_AT_MOST = 3;
  private static final long FORGIVEN_AFTER = Duration.ofSeconds(1).toNanos();

  final FeedKey feed;
  final Asked asked;
  final DeferredResult<ResponseEntity<List<FeedItem>>> result;
  private final long deadline;
  private final AtomicInteger rings = new AtomicInteger();
  private final AtomicBoolean postponed = new AtomicBoolean();
  private volatile Deliveries.Read last;
  private volatile int inVain;
  private volatile long restsUntil = System.nanoTime();

  FeedWait(FeedKey feed, Asked asked, Duration patience, Deliveries.Read last) {
    this.feed = feed;
    this.asked = asked;
    this.last = last;
    this.deadline = System.nanoTime() + patience.toNanos();
    this.result = new DeferredResult<>(patience.plus(GRACE).toMillis());
  }

  boolean isOver() {
    return System.nanoTime() - deadline >= 0;
  }

  /** Whether the log has grown beyond what this reader saw. */
  boolean hasNotSeen(long head) {
    return last.scanned() < head;
  }

  boolean leaseRanOut(Clock clock) {
    Optional<Instant> expiry = last.nextExpiry();
    return expiry.isPresent() && !clock.instant().isBefore(expiry.get());
  }

  /** @return whether it was quiet: who rings first looks, until {@link #isQuietAfter} */
  boolean ring() {
    return rings.getAndIncrement() == 0;
  }

  boolean isQuiet() {
    return rings.get() == 0;
  }

  int rings() {
    return rings.get();
  }

  /** @param seen rings before the last look began */
  boolean isQuietAfter(int seen) {
    return rings.addAndGet(-seen) == 0;
  }

  /** For the one who looks. */
  void saw(Deliveries.Read read) {
    last = read;
    if (!read.items().isEmpty()) result.setResult(FeedAnswer.of(read));
    long now = System.nanoTime();
    inVain = now - restsUntil > FORGIVEN_AFTER ? 0 : Math.min(inVain + 1, DOUBLED_AT_MOST);
    restsUntil = now + TimeUnit.MILLISECONDS.toNanos(SHORTEST_REST << inVain);
  }

  /** How long to let news gather, in milliseconds: a busy account's are mostly nothing for a choosy reader. 0 to look at once. */
  long rest() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(restsUntil - System.nanoTime()));
  }

  /** @return false if it was postponed already */
  boolean postpone() {
    return postponed.compareAndSet(false, true);
  }

  void resume() {
    postponed.set(false);
  }

  void endWithNothing() {
    result.setResult(FeedAnswer.of(List.of(), last.gaps()));
  }
}
