package shop.orders.store;

import java.time.Duration;
import java.util.Optional;

/** Who works on which shard. Saves work only: every write that matters is guarded in its own partition. */
public interface Leases {
  /**
   * Takes the shard, or extends a lease this owner holds already.
   *
   * @return empty if somebody else holds it
   */
  Optional<Lease> acquire(Lane lane, int shard, String owner, Duration forHowLong);

  /** Gives the shard up at once, if {@code lease} still holds it. */
  void release(Lease lease);

  /** @param fence grows with every change of owner */
  record Lease(Lane lane, int shard, String owner, long fence) {}
}
