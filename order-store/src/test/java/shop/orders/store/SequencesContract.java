package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Holds for every {@link Sequences}. */
public interface SequencesContract {
  StoreUnderTest underTest();

  private Sequences sequences() {
    return underTest().stores().sequences();
  }

  @Test
  default void reserve_goesUpFromOnePerAccount() {
    var account = SampleOrders.newAccount();
    assertThat(sequences().reserve(account, 10)).isEqualTo(1);
    assertThat(sequences().reserve(account, 1)).isEqualTo(11);
    assertThat(sequences().reserve(SampleOrders.newAccount(), 5)).isEqualTo(1);
    assertThatThrownBy(() -> sequences().reserve(account, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void skipTo_leavesOutNumbersAndNeverGoesBack() {
    var account = SampleOrders.newAccount();
    sequences().skipTo(account, 500);
    assertThat(sequences().reserve(account, 1)).isEqualTo(500);
    sequences().skipTo(account, 3);
    sequences().skipTo(account, 510);
    assertThat(sequences().reserve(account, 1)).isEqualTo(510);
    sequences().skipTo(account, 100_000);
    assertThat(sequences().reserve(account, 200)).isEqualTo(100_000);
  }

  @Test
  default void reserve_isDisjointUnder16Threads() {
    var account = SampleOrders.newAccount();
    var perThread =
        Racers.race(
            16,
            i ->
                () -> {
                  List<Long> mine = new ArrayList<>();
                  for (int round = 0; round < 5; round++) {
                    var first = sequences().reserve(account, 3);
                    LongStream.range(first, first + 3).forEach(mine::add);
                  }
                  return mine;
                });
    assertThat(perThread.stream().flatMap(List::stream)).hasSize(16 * 5 * 3).doesNotHaveDuplicates();
  }
}
