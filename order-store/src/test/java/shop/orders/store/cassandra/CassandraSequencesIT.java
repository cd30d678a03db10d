package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import shop.orders.store.Racers;
import shop.orders.store.SampleOrders;

class CassandraSequencesIT {
  @Test
  void reserve_isDisjointAcrossInstances() {
    TestKeyspace.shared();
    var account = SampleOrders.newAccount();
    var instances =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CassandraStores.stores(
                            TestKeyspace.session(), Wire.of(TestKeyspace.session()), TestKeyspace.sharedProperties(), Clock.systemUTC(), System::nanoTime)
                        .sequences())
            .toList();
    var perThread =
        Racers.race(
            8,
            i ->
                () -> {
                  List<Long> mine = new ArrayList<>();
                  for (int round = 0; round < 5; round++) {
                    var first = instances.get(i % 4).reserve(account, 70);
                    LongStream.range(first, first + 70).forEach(mine::add);
                  }
                  return mine;
                });
    assertThat(perThread.stream().flatMap(List::stream)).hasSize(8 * 5 * 70).doesNotHaveDuplicates();
  }
}
