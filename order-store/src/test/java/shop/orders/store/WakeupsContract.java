package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;

/** Holds for every {@link Wakeups}. */
public interface WakeupsContract {
  StoreUnderTest underTest();

  private Wakeups wakeups() {
    return underTest().stores().wakeups();
  }

  private Instant now() {
    return underTest().clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Of one account, since others use the same shard. */
  private List<Wakeup> read(String account, Lane lane, Instant from, Instant to) {
    var shard = Lane.RELAY.shardOf(new OrderKey(account, "x"));
    return wakeups().read(lane, shard, from, to, 10_000).stream().filter(w -> w.key().account().equals(account)).toList();
  }

  @Test
  default void read_isInOrderOfDueTimeAcrossMinutes() {
    var account = SampleOrders.newAccount();
    var begin = now();
    var written = new ArrayList<Wakeup>();
    for (int i : new int[] {5, 0, 190, 61, 3600, 59}) {
      var wakeup = new Wakeup(SampleOrders.newKey(account), i, begin.plusSeconds(i));
      wakeups().write(Lane.RELAY, wakeup);
      written.add(wakeup);
    }
    written.sort((a, b) -> a.dueAt().compareTo(b.dueAt()));
    assertThat(read(account, Lane.RELAY, begin, begin.plusSeconds(3601))).isEqualTo(written);
  }

  @Test
  default void read_takesFromInclusiveToExclusive() {
    var account = SampleOrders.newAccount();
    var begin = now();
    var all = IntStream.range(0, 4).mapToObj(i -> new Wakeup(SampleOrders.newKey(account), 0, begin.plusMillis(i))).toList();
    all.forEach(w -> wakeups().write(Lane.RELAY, w));
    assertThat(read(account, Lane.RELAY, begin.plusMillis(1), begin.plusMillis(3))).isEqualTo(all.subList(1, 3));
    assertThat(read(account, Lane.RELAY, begin.plusMillis(1).plusNanos(1), begin.plusMillis(2).plusNanos(1))).isEqualTo(all.subList(2, 3));
    assertThat(read(account, Lane.RELAY, begin.plusMillis(2), begin.plusMillis(2))).isEmpty();
  }

  @Test
  default void read_stopsAtTheLimitWithTheOldest() {
    var far = now().plus(400, ChronoUnit.DAYS); // nobody else writes there
    var account = SampleOrders.newAccount();
    var key = new OrderKey(account, "x");
    for (int i = 0; i < 30; i++) wakeups().write(Lane.RELAY, new Wakeup(SampleOrders.newKey(account), 0, far.plusSeconds(10L * i)));
    var read = wakeups().read(Lane.RELAY, Lane.RELAY.shardOf(key), far, far.plusSeconds(1000), 7);
    assertThat(read).extracting(Wakeup::dueAt).containsExactlyElementsOf(IntStream.range(0, 7).mapToObj(i -> far.plusSeconds(10L * i)).toList());
  }

  @Test
  default void readOn_passesNothingOverWithinAMillisecondNorAfterIt() {
    var far = now().plus(800, ChronoUnit.DAYS); // nobody else writes there
    var account = SampleOrders.newAccount();
    for (int i = 0; i < 40; i++) {
      wakeups().write(Lane.RELAY, new Wakeup(new OrderKey(account, "o" + i / 2), i % 2, far.plusMillis(i < 25 ? 0 : i < 38 ? 1 : 90_000)));
    }
    int shard = Lane.RELAY.shardOf(new OrderKey(account, "x"));
    var end = far.plusMillis(90_001);
    var paged = new ArrayList<>(wakeups().read(Lane.RELAY, shard, far, end, 3));
    for (int size = 0; paged.size() > size; ) {
      size = paged.size();
      paged.addAll(wakeups().readOn(Lane.RELAY, shard, paged.get(size - 1), end, 3));
    }
    assertThat(paged).hasSize(40).isEqualTo(wakeups().read(Lane.RELAY, shard, far, end, 10_000));
  }

  @Test
  default void readOn_endsBeforeTheEnd() {
    var far = now().plus(900, ChronoUnit.DAYS); // nobody else writes there
    var key = SampleOrders.newKey();
    var three = IntStream.range(0, 3).mapToObj(i -> new Wakeup(key, 0, far.plusMillis(i))).toList();
    three.forEach(w -> wakeups().write(Lane.RELAY, w));
    int shard = Lane.RELAY.shardOf(key);
    assertThat(wakeups().readOn(Lane.RELAY, shard, three.get(0), far.plusMillis(2), 10)).containsExactly(three.get(1));
    assertThat(wakeups().readOn(Lane.RELAY, shard, three.get(0), far.plusMillis(1).plusNanos(1), 10)).containsExactly(three.get(1));
    assertThat(wakeups().readOn(Lane.RELAY, shard, three.get(0), far, 10)).isEmpty();
  }

  @Test
  default void write_isHarmlessTwiceAndKeepsWhatDiffers() {
    var account = SampleOrders.newAccount();
    var key = SampleOrders.newKey(account);
    var begin = now();
    var one = new Wakeup(key, 1, begin);
    var other = new Wakeup(key, 2, begin);
    wakeups().write(Lane.RELAY, one);
    wakeups().write(Lane.RELAY, one);
    wakeups().write(Lane.RELAY, other);
    assertThat(read(account, Lane.RELAY, begin, begin.plusSeconds(1))).containsExactly(one, other);
  }

  @Test
  default void write_keepsLanesApart() {
    var key = SampleOrders.newKey();
    var wakeup = new Wakeup(key, 0, now());
    wakeups().write(Lane.STEP, wakeup);
    assertThat(wakeups().read(Lane.STEP, Lane.STEP.shardOf(key), wakeup.dueAt(), wakeup.dueAt().plusMillis(1), 10_000)).contains(wakeup);
    assertThat(read(key.account(), Lane.RELAY, wakeup.dueAt(), wakeup.dueAt().plusMillis(1))).doesNotContain(wakeup);
  }
}
