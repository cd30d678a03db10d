package shop.orders.workflow.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.store.Lane;
import shop.orders.store.OrderCommit;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.Wakeup;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.web.trace.OrderTraces;
import shop.orders.workflow.Sample;
import shop.orders.workflow.lane.TestMarks;
import shop.orders.workflow.step.Step.Verdict;

class StepShardTest {
  private static final OrderKey KEY = new OrderKey("demo", "v1demo-01");

  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Stores stores = new InMemoryStore(clock).stores();
  private final List<Instant> looks = new ArrayList<>();
  private Optional<Instant> due = Optional.of(clock.instant());
  private boolean broken;
  private Verdict verdict = new Verdict.Done();
  private final StepShard shard = shard();

  @Test
  void anOrderThatIsDue_isLookedAtOnce() {
    place(clock.instant());
    run(Duration.ofMinutes(1));
    assertThat(looks).hasSize(1);
  }

  @Test
  void anOrder_isNotLookedAtBeforeItsTime() {
    due = Optional.of(clock.instant().plusSeconds(600));
    place(due.get());
    run(Duration.ofSeconds(599));
    assertThat(looks).isEmpty();
    run(Duration.ofSeconds(3));
    assertThat(looks).hasSize(1);
  }

  @Test
  void aStepThatWantsToTryAgain_isGivenItsTime() {
    place(clock.instant());
    verdict = new Verdict.TryAgain(Duration.ofSeconds(40), "not now");
    run(Duration.ofSeconds(39));
    assertThat(looks).hasSize(1);
    verdict = new Verdict.Done();
    run(Duration.ofSeconds(60));
    assertThat(looks).hasSize(2);
  }

  @Test
  void anOrderWhoseTimeWasMoved_isLookedAtThen() {
    due = Optional.of(clock.instant().plusSeconds(60));
    place(due.get());
    due = Optional.of(clock.instant().plusSeconds(300)); // the account's grace period is longer now
    run(Duration.ofSeconds(299));
    assertThat(looks).isEmpty();
    run(Duration.ofSeconds(3));
    assertThat(looks).hasSize(1);
  }

  @Test
  void aLookThatFailed_isRepeated() {
    place(clock.instant());
    verdict = null; // the store fails
    run(Duration.ofSeconds(5));
    int failed = looks.size();
    assertThat(failed).isBetween(2, 6);
    verdict = new Verdict.Done();
    run(Duration.ofSeconds(30));
    assertThat(looks).hasSize(failed + 1);
  }

  @Test
  void aLookThatThrows_isPutOffAndDoesNotHoldTheMark() {
    place(clock.instant());
    broken = true;
    run(Duration.ofSeconds(50));
    assertThat(looks).hasSize(1);
    broken = false;
    run(Duration.ofSeconds(30));
    assertThat(looks).hasSize(2);
    run(Duration.ofSeconds(90));
    assertThat(looks).hasSize(2);
  }

  @Test
  void aWakeupWhoseBatchNeverCame_locksItOut() {
    var commit = commit(clock.instant());
    stores.wakeups().write(Lane.STEP, new Wakeup(KEY, 0, clock.instant()));
    run(Duration.ofSeconds(9));
    assertThat(stores.orders().header(KEY)).isEmpty();
    run(Duration.ofSeconds(5));
    assertThat(stores.orders().header(KEY)).hasValueSatisfying(h -> assertThat(h.epoch()).isEqualTo(1));
    assertThat(commit.decision().events()).isNotEmpty();
    assertThat(looks).isEmpty();
  }

  @Test
  void aNewHolder_goesOnWhereTheOldOneWas() {
    due = Optional.of(clock.instant().plusSeconds(60));
    place(due.get());
    run(Duration.ofSeconds(30));
    var other = shard();
    for (int i = 0; i < 40; i++) {
      other.tick();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(looks).hasSize(1);
  }

  @Test
  void aLookThatEnds_ringsOnlyWhenOthersWaitForItsRoom() {
    var held = new ArrayList<Runnable>();
    var rung = new AtomicInteger();
    Executor roomForOne = work -> {
      if (!held.isEmpty()) throw new RejectedExecutionException();
      held.add(work);
    };
    var small = shard(key -> rung.incrementAndGet(), roomForOne);
    place(clock.instant());
    small.tick();
    held.remove(0).run();
    assertThat(rung).hasValue(0);

    othersOfTheSameShard().limit(2).forEach(other -> stores.wakeups().write(Lane.STEP, new Wakeup(other, 0, clock.instant())));
    small.tick();
    held.remove(0).run();
    assertThat(rung).hasValue(1);
  }

  private static Stream<OrderKey> othersOfTheSameShard() {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> new OrderKey(KEY.account(), "other-" + i))
        .filter(key -> Lane.STEP.shardOf(key) == Lane.STEP.shardOf(KEY));
  }

  private StepShard shard() {
    return shard(key -> {}, Runnable::run);
  }

  private StepShard shard(Consumer<OrderKey> lookEnded, Executor pool) {
    Function<Order, Verdict> step =
        order -> {
          looks.add(clock.instant());
          if (broken) throw new IllegalStateException("planted");
          if (verdict == null) throw new StoreUnavailable("test", null);
          return verdict;
        };
    var open = TestMarks.factory(stores, clock).of(Lane.STEP, Lane.STEP.shardOf(KEY));
    var shard = new StepShard(stores.orders(), stores.wakeups(), open, step, order -> due, lookEnded, clock, pool, new LookMeter(new SimpleMeterRegistry()), OrderTraces.none());
    shard.begin();
    return shard;
  }

  private void place(Instant lookAt) {
    stores.orders().commit(commit(lookAt));
  }

  private OrderCommit commit(Instant lookAt) {
    var placement = Sample.placement(KEY, clock.instant());
    return new OrderCommit(placement.decision(), placement.documents(), lookAt);
  }

  private void run(Duration time) {
    for (int i = 0; i < time.toSeconds(); i++) {
      shard.tick();
      clock.advance(Duration.ofSeconds(1));
    }
  }
}
