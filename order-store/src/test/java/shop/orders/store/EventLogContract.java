package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import shop.orders.store.EventLog.Logged;

/** Holds for every {@link EventLog}. */
public interface EventLogContract {
  Instant AT = Instant.parse("2026-11-23T12:00:00.123Z");

  StoreUnderTest underTest();

  private EventLog log() {
    return underTest().stores().eventLog();
  }

  static List<LogEntry> entries(String orderId, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            v ->
                new LogEntry(
                    orderId, v, "handling", v == 1 ? null : "start-handling", "Fulfillment", "moved", AT.plusSeconds(v), v == 1 ? null : AT, AT.plusSeconds(v + 1)))
        .toList();
  }

  static List<Logged> numbered(long from, List<LogEntry> entries) {
    return IntStream.range(0, entries.size()).mapToObj(i -> new Logged(from + i, entries.get(i))).toList();
  }

  @Test
  default void head_ofAnEmptyLogIsZero() {
    var account = SampleOrders.newAccount();
    assertThat(log().head(account)).isZero();
    assertThat(log().read(account, 0, 100)).isEmpty();
  }

  @Test
  default void append_keepsEntriesInOrder() {
    var account = SampleOrders.newAccount();
    var first = entries("a", 3);
    var second = entries("b", 250); // more than one batch
    assertThat(log().append(account, 0, first)).isEqualTo(OptionalLong.of(3));
    assertThat(log().append(account, 3, second)).isEqualTo(OptionalLong.of(253));
    assertThat(log().head(account)).isEqualTo(253);
    var all = new ArrayList<>(numbered(0, first));
    all.addAll(numbered(3, second));
    assertThat(log().read(account, 0, 10_000)).isEqualTo(all);
    assertThat(log().read(account, 100, 10)).isEqualTo(all.subList(100, 110));
    assertThat(log().read(account, 253, 10)).isEmpty();
  }

  @Test
  default void append_refusesAnotherHead() {
    var account = SampleOrders.newAccount();
    log().append(account, 0, entries("a", 3));
    for (long wrong : new long[] {0, 2, 4, 10_000, 20_000}) {
      assertThat(log().append(account, wrong, entries("b", 1))).isEmpty();
    }
    assertThat(log().read(account, 0, 100)).isEqualTo(numbered(0, entries("a", 3)));
  }

  @Test
  default void append_ofNothingOnlyAsks() {
    var account = SampleOrders.newAccount();
    assertThat(log().append(account, 0, List.of())).isEqualTo(OptionalLong.of(0));
    assertThat(log().append(account, 1, List.of())).isEmpty();
  }

  @Test
  default void append_hasNoGapAndLosesNothingUnderTwoWriters() {
    var account = SampleOrders.newAccount();
    int rounds = 40;
    Racers.race(
        2,
        writer ->
            () -> {
              for (int done = 0; done < rounds; ) {
                var entry = entries("w" + writer + "-" + done, 3);
                if (log().append(account, log().head(account), entry).isPresent()) done++;
              }
              return null;
            });
    var read = log().read(account, 0, 10_000);
    assertThat(log().head(account)).isEqualTo(2 * rounds * 3);
    assertThat(read).extracting(Logged::seq).containsExactlyElementsOf(LongStream.range(0, 2 * rounds * 3).boxed().toList());
    // Every piece whole and in order: three versions of one order side by side.
    for (int i = 0; i < read.size(); i += 3) {
      assertThat(read.subList(i, i + 3)).extracting(r -> r.entry().version()).containsExactly(1L, 2L, 3L);
      assertThat(read.subList(i, i + 3)).extracting(r -> r.entry().orderId()).containsOnly(read.get(i).entry().orderId());
    }
    assertThat(read).extracting(r -> r.entry().orderId() + r.entry().version()).doesNotHaveDuplicates();
  }

  @Test
  default void append_crossesBucketBorders() {
    var account = SampleOrders.newAccount();
    long head = 0;
    while (head < 9_990) {
      var count = (int) Math.min(1000, 9_990 - head);
      head = log().append(account, head, entries("fill" + head, count)).orElseThrow();
    }
    assertThat(log().append(account, 10_000, entries("hole", 1))).isEmpty();
    var across = entries("across", 30);
    assertThat(log().append(account, 9_990, across)).isEqualTo(OptionalLong.of(10_020));
    assertThat(log().head(account)).isEqualTo(10_020);
    assertThat(log().read(account, 9_990, 100)).isEqualTo(numbered(9_990, across));
    assertThat(log().read(account, 9_995, 10)).isEqualTo(numbered(9_990, across).subList(5, 15));
    assertThat(log().page(account, 9_995, 10)).isNotEmpty().isEqualTo(numbered(9_990, across).subList(5, 5 + log().page(account, 9_995, 10).size()));
    assertThat(log().page(account, 10_000, 10)).isEqualTo(numbered(9_990, across).subList(10, 20));
    assertThat(log().page(account, 10_020, 10)).isEmpty();
    assertThat(log().firstKept(account, 9_999)).isEqualTo(9_999);
    assertThat(log().firstKept(account, 20_000)).isEqualTo(10_020);
  }

  @Test
  default void append_findsItsEntriesWhenOnlyTheAnswerWasLost() {
    var account = SampleOrders.newAccount();
    underTest().faults().nextAppend(Runnable::run);
    assertThat(log().append(account, 0, entries("a", 3))).isEqualTo(OptionalLong.of(3));
    underTest()
        .faults()
        .nextAppend(
            deliver -> {
              deliver.run();
              log().append(account, 6, entries("later", 1));
            });
    assertThat(log().append(account, 3, entries("b", 3))).isEqualTo(OptionalLong.of(6));
    assertThat(log().head(account)).isEqualTo(7);
  }

  @Test
  default void append_sendsAgainWhatNeverArrived() {
    var account = SampleOrders.newAccount();
    underTest().faults().nextAppend(deliver -> {});
    assertThat(log().append(account, 0, entries("a", 3))).isEqualTo(OptionalLong.of(3));
    assertThat(log().read(account, 0, 100)).isEqualTo(numbered(0, entries("a", 3)));
  }

  @Test
  default void append_isRefusedWhenItWasLostAndAnotherOvertookIt() {
    var account = SampleOrders.newAccount();
    underTest().faults().nextAppend(deliver -> log().append(account, 0, entries("other", 3)));
    assertThat(log().append(account, 0, entries("a", 3))).isEmpty();
    assertThat(log().read(account, 0, 100)).isEqualTo(numbered(0, entries("other", 3)));
  }

  @Test
  default void read_refusesLimitsOutOfRange() {
    assertThatThrownBy(() -> log().read("demo", 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log().read("demo", 0, 10_001)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log().page("demo", 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
