package shop.orders.workflow.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/** One reader that waits. Safe for use by many threads. */
final class FeedWait {
  /** Beyond its time, after which the server itself gives up on the request. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  final FeedKey feed;
  final int max;
  final DeferredResult<ResponseEntity<List<FeedItem>>> result;
  private final long deadline;
  private final AtomicInteger rings = new AtomicInteger();
  private volatile Deliveries.Read last;

  FeedWait(FeedKey feed, int max, Duration patience, Deliveries.Read last) {
    this.feed = feed;
    this.max = max;
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

  int rings() {
    return rings.get();
  }

  /** @param seen rings before the last look began */
  boolean isQuietAfter(int seen) {
    return rings.addAndGet(-seen) == 0;
  }

  void saw(Deliveries.Read read) {
    last = read;
    if (!read.items().isEmpty()) result.setResult(FeedAnswer.of(read));
  }

  void endWithNothing() {
    result.setResult(FeedAnswer.of(List.of(), last.gaps()));
  }
}
