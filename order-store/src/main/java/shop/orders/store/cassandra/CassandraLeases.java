package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import shop.orders.store.Lane;
import shop.orders.store.Leases;

final class CassandraLeases implements Leases {
  private final Cql cql;
  private final Clock clock;
  private final PreparedStatement select;
  private final PreparedStatement first;
  private final PreparedStatement extend;
  private final PreparedStatement takeOver;

  CassandraLeases(Cql cql, Clock clock) {
    this.cql = cql;
    this.clock = clock;
    select = cql.prepare("SELECT owner, fence, expires_at FROM {keyspace}.leases WHERE lane = ? AND shard = ?");
    first = cql.prepare("INSERT INTO {keyspace}.leases (lane, shard, owner, fence, expires_at) VALUES (?, ?, ?, 1, ?) IF NOT EXISTS");
    extend = cql.prepare("UPDATE {keyspace}.leases SET expires_at = ? WHERE lane = ? AND shard = ? IF owner = ? AND fence = ?");
    // The end is part of the condition: an owner that extends in the same moment keeps its shard.
    takeOver =
        cql.prepare(
            "UPDATE {keyspace}.leases SET owner = ?, fence = ?, expires_at = ? WHERE lane = ? AND shard = ? IF owner = ? AND fence = ? AND expires_at = ?");
  }

  @Override
  public Optional<Lease> acquire(Lane lane, int shard, String owner, Duration forHowLong) {
    return Cql.answered("taking shard " + shard + " of lane " + lane + " for " + owner, () -> tryAcquire(lane, shard, owner, forHowLong));
  }

  private Optional<Lease> tryAcquire(Lane lane, int shard, String owner, Duration forHowLong) {
    var now = clock.instant();
    var until = now.plus(forHowLong);
    // Read before the conditional write: most instances ask for most shards in vain, and a refused Paxos round costs as much as a granted one.
    var row = cql.read("reading a lease", select.bind(lane.name(), (byte) shard)).one();
    if (row == null) {
      var won = cql.writeIf(first.bind(lane.name(), (byte) shard, owner, until)).wasApplied();
      return won ? Optional.of(new Lease(lane, shard, owner, 1)) : Optional.empty();
    }
    var holder = Objects.requireNonNull(row.getString("owner"));
    var fence = row.getLong("fence");
    var expiresAt = Objects.requireNonNull(row.getInstant("expires_at"));
    if (holder.equals(owner)) {
      var kept = cql.writeIf(extend.bind(until, lane.name(), (byte) shard, owner, fence)).wasApplied();
      return kept ? Optional.of(new Lease(lane, shard, owner, fence)) : Optional.empty();
    }
    if (expiresAt.isAfter(now)) return Optional.empty();
    var won = cql.writeIf(takeOver.bind(owner, fence + 1, until, lane.name(), (byte) shard, holder, fence, expiresAt)).wasApplied();
    return won ? Optional.of(new Lease(lane, shard, owner, fence + 1)) : Optional.empty();
  }

  @Override
  public void release(Lease lease) {
    Cql.answered(
        "giving up " + lease,
        () -> cql.writeIf(extend.bind(Instant.EPOCH, lease.lane().name(), (byte) lease.shard(), lease.owner(), lease.fence())).wasApplied());
  }
}
