package shop.orders.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import shop.orders.store.Lane;
import shop.orders.store.Leases;

final class InMemoryLeases implements Leases {
  private record Shard(Lane lane, int number) {}

  private record Held(Lease lease, Instant expiresAt) {}

  private final Clock clock;
  private final Map<Shard, Held> held = new HashMap<>();

  InMemoryLeases(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Lease> acquire(Lane lane, int shard, String owner, Duration forHowLong) {
    var name = new Shard(lane, shard);
    var now = clock.instant();
    var before = held.get(name);
    if (before != null && !before.lease.owner().equals(owner) && before.expiresAt.isAfter(now)) return Optional.empty();
    var fence = before == null ? 1 : before.lease.owner().equals(owner) ? before.lease.fence() : before.lease.fence() + 1;
    var lease = new Lease(lane, shard, owner, fence);
    held.put(name, new Held(lease, now.plus(forHowLong)));
    return Optional.of(lease);
  }

  @Override
  public synchronized void release(Lease lease) {
    held.computeIfPresent(new Shard(lease.lane(), lease.shard()), (name, now) -> now.lease.equals(lease) ? new Held(lease, Instant.EPOCH) : now);
  }
}
