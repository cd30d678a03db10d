package shop.orders.workflow.step;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import shop.orders.model.OrderKey;
import shop.orders.workflow.step.Step.Verdict;

/**
 * How long to wait for a partner that failed: doubles from one second, with jitter of up to as much again, so that orders that failed
 * together do not come back together. Counts are of this process and forgotten with it. Safe for use by many threads.
 */
public final class Retries {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 5; // 32 seconds, up to 64 with jitter: a partner that is back must not wait long for its orders

  private final Cache<OrderKey, Integer> failures = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(1)).build();

  /** The partner answered. */
  public void over(OrderKey key) {
    failures.invalidate(key);
  }

  /** It did not. */
  public Verdict again(OrderKey key, String reason) {
    int before = failures.asMap().merge(key, 1, Integer::sum) - 1;
    long millis = FIRST.toMillis() << Math.min(before, MOST_DOUBLINGS);
    return new Verdict.TryAgain(Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis)), reason);
  }
}
