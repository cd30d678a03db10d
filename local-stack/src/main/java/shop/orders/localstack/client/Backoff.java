package shop.orders.localstack.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from {@code first} up to {@code most}, each shortened by up to half at random so that callers spread. */
public record Backoff(Duration first, Duration most) {
  /** @param failures how many tries in a row have failed, from 1 */
  public Duration delay(int failures) {
    long ceiling = Math.min(most.toMillis(), first.toMillis() << Math.min(Math.max(failures - 1, 0), 20));
    return Duration.ofMillis(ceiling - ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
  }

  /** As {@link #delay(int)}, but never sooner than the answer asked for, within a minute. */
  public Duration delay(int failures, Answer answer) {
    var own = delay(failures);
    var asked = answer.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(Duration.ofMinutes(1)) > 0) asked = Duration.ofMinutes(1);
    return asked.compareTo(own) > 0 ? asked : own;
  }
}
