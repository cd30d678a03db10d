package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import shop.orders.store.Leases.Lease;

/** Holds for every {@link Leases}. */
public interface LeasesContract {
  Duration TEN_SECONDS = Duration.ofSeconds(10);
  AtomicInteger SHARDS = new AtomicInteger();

  StoreUnderTest underTest();

  private Leases leases() {
    return underTest().stores().leases();
  }

  @Test
  default void acquire_hasOneOwner() {
    var shard = SHARDS.getAndIncrement();
    var mine = leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS);
    assertThat(mine).contains(new Lease(Lane.RELAY, shard, "a", 1));
    assertThat(leases().acquire(Lane.RELAY, shard, "b", TEN_SECONDS)).isEmpty();
    assertThat(leases().acquire(Lane.STEP, shard, "b", TEN_SECONDS)).contains(new Lease(Lane.STEP, shard, "b", 1));
  }

  @Test
  default void acquire_hasOneWinnerOf16Racers() {
    var shard = SHARDS.getAndIncrement();
    var won = Racers.race(16, i -> () -> leases().acquire(Lane.RELAY, shard, UUID.randomUUID().toString(), TEN_SECONDS));
    assertThat(won).filteredOn(Optional::isPresent).hasSize(1);
    underTest().clock().advance(TEN_SECONDS);
    var again = Racers.race(16, i -> () -> leases().acquire(Lane.RELAY, shard, UUID.randomUUID().toString(), TEN_SECONDS));
    assertThat(again).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  default void acquire_extendsOnesOwn() {
    var shard = SHARDS.getAndIncrement();
    leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS);
    underTest().clock().advance(Duration.ofSeconds(8));
    assertThat(leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS)).contains(new Lease(Lane.RELAY, shard, "a", 1));
    underTest().clock().advance(Duration.ofSeconds(8));
    assertThat(leases().acquire(Lane.RELAY, shard, "b", TEN_SECONDS)).isEmpty();
  }

  @Test
  default void acquire_takesOverWhatExpired_withAHigherFence() {
    var shard = SHARDS.getAndIncrement();
    leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS);
    underTest().clock().advance(TEN_SECONDS);
    assertThat(leases().acquire(Lane.RELAY, shard, "b", TEN_SECONDS)).contains(new Lease(Lane.RELAY, shard, "b", 2));
    assertThat(leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS)).isEmpty();
    underTest().clock().advance(TEN_SECONDS);
    assertThat(leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS)).contains(new Lease(Lane.RELAY, shard, "a", 3));
  }

  @Test
  default void release_freesAtOnce() {
    var shard = SHARDS.getAndIncrement();
    leases().release(leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS).orElseThrow());
    assertThat(leases().acquire(Lane.RELAY, shard, "b", TEN_SECONDS)).contains(new Lease(Lane.RELAY, shard, "b", 2));
  }

  @Test
  default void release_leavesALeaseThatWasTakenOver() {
    var shard = SHARDS.getAndIncrement();
    var old = leases().acquire(Lane.RELAY, shard, "a", TEN_SECONDS).orElseThrow();
    underTest().clock().advance(TEN_SECONDS);
    leases().acquire(Lane.RELAY, shard, "b", TEN_SECONDS);
    leases().release(old);
    assertThat(leases().acquire(Lane.RELAY, shard, "c", TEN_SECONDS)).isEmpty();
  }
}
