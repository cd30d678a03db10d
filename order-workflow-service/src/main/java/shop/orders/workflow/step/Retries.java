package shop.orders.workflow.step;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.workflow.step.Step.Verdict;

/**
 * How long to wait for a partner that failed: doubles from one second, with jitter of up to as much again, so that orders that failed
 * together do not come back together. A look that comes before, because the order was changed meanwhile, waits with the others. Counts
 * are of this process and forgotten with it. Safe for use by many threads.
 */
public final class Retries {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS_BUSY = 3;
  private static final int MOST_DOUBLINGS = 5; // 32 seconds, up to 64 with jitter: a partner that is back must not wait long for its orders

  private final Clock clock;
  private final Cache<Wait, Attempts> attempts = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(3)).build();

  public Retries(Clock clock) {
    this.clock = clock;
  }

  /** An order waiting for a partner: another status, or the same one entered again, is another wait. */
  private record Wait(OrderKey key, OrderStatus status, Instant since, String partner) {
    static Wait of(Order order, String partner) {
      return new Wait(order.key(), order.status(), order.statusSince(), partner);
    }
  }

  /** @param refusals how often in a row others were asked instead */
  private record Attempts(int failures, int refusals, Instant notBefore, String reason) {}

  /** Whether it is too early to ask that partner again: then wait, like this. */
  public Optional<Verdict> tooEarly(Order order, String partner) {
    var before = attempts.getIfPresent(Wait.of(order, partner));
    if (before == null) return Optional.empty();
    var left = Duration.between(clock.instant(), before.notBefore);
    return !left.isZero() && !left.isNegative() ? Optional.of(new Verdict.TryAgain(left, before.reason)) : Optional.empty();
  }

  /** The partner answered. */
  public void over(Order order, String partner) {
    attempts.invalidate(Wait.of(order, partner));
  }

  /** It did not. */
  public Verdict again(Order order, String partner, String reason) {
    var before = attempts.getIfPresent(Wait.of(order, partner));
    int failures = before == null ? 0 : before.failures;
    return later(order, partner, failures + 1, 0, withJitter(Math.min(failures, MOST_DOUBLINGS)), reason);
  }

  /** It was not asked, since it has enough to answer. Not a failure: soon again, and less soon the more wait, since each look costs. */
  public Verdict busy(Order order, String partner, String reason) {
    var before = attempts.getIfPresent(Wait.of(order, partner));
    int refusals = before == null ? 0 : before.refusals;
    return later(order, partner, before == null ? 0 : before.failures, refusals + 1, withJitter(Math.min(refusals, MOST_DOUBLINGS_BUSY)), reason);
  }

  /** It did, and wants to be asked again after that time. */
  public Verdict later(Order order, String partner, Duration after, String reason) {
    return later(order, partner, 0, 0, after, reason);
  }

  private static Duration withJitter(int doublings) {
    long millis = FIRST.toMillis() << doublings;
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis));
  }

  private Verdict later(Order order, String partner, int failures, int refusals, Duration after, String reason) {
    attempts.put(Wait.of(order, partner), new Attempts(failures, refusals, clock.instant().plus(after), reason));
    return new Verdict.TryAgain(after, reason);
  }
}
