package shop.orders.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.store.IdempotencyKeys;

final class InMemoryIdempotencyKeys implements IdempotencyKeys {
  private static final Duration KEPT = Duration.ofDays(7);

  private record Name(String account, String key) {}

  private record Bound(String value, Instant until) {}

  private final Clock clock;
  private final Map<Name, Bound> bound = new ConcurrentHashMap<>();

  InMemoryIdempotencyKeys(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String claim(String account, String key, String value) {
    var now = clock.instant();
    var mine = new Bound(value, now.plus(KEPT));
    return bound.compute(new Name(account, key), (name, before) -> before == null || !before.until.isAfter(now) ? mine : before).value;
  }
}
