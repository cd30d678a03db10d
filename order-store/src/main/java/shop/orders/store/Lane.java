package shop.orders.store;

import java.util.Locale;
import shop.orders.model.OrderKey;

/** What a wakeup is for. Each lane is split into shards that are worked on apart. */
public enum Lane {
  /** Copies an order's events to its account's event log; sharded by account, since the log has one writer. */
  RELAY,
  /** Moves an order on: timers, retries, calls to partners; sharded by order. */
  STEP,
  /** Publishes accounts' event logs to Kafka; sharded by account. Has leases only, no wakeups. */
  PUBLISH,
  /** Fills indices from the store; all of it is shard 0. Has leases only, no wakeups. */
  FILL,
  /** Rebuilds search; the rebuild is shard 0, clearing away what is not needed any more shard 1. Has leases only, no wakeups. */
  REBUILD,
  /** Indexes what Kafka lost; all of it is shard 0. Has leases only, no wakeups. */
  REFILL,
  /** Compares indices with the store; all of it is shard 0. Has leases only, no wakeups. */
  RECONCILE,
  /** Sends test orders; all of it is shard 0. Has leases only, no wakeups. */
  CANARY;

  /** Shards of every lane. Fixed for the life of a keyspace: changing it strands wakeups in shards nobody reads. */
  public static final int SHARDS = 4;

  /** As names of marks, measures and threads say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The shard that looks after {@code key}, from 0. */
  public int shardOf(OrderKey key) {
    return Math.floorMod((this == STEP ? key.toString() : key.account()).hashCode(), SHARDS);
  }
}
