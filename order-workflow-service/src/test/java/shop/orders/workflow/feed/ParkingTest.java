package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.workflow.feed.FeedBench.UNNAMED;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import shop.orders.web.ApiError;

class ParkingTest {
  private static final int LIMIT = 3;

  private final FeedBench bench = new FeedBench(LIMIT);

  @Test
  void anItemDeliveredTooOften_isParkedAndTheRestGoesOn() {
    parkOne();
    bench.append("b", "handling");
    assertThat(bench.read()).extracting(FeedItem::orderId).containsExactly("b");
    var parked = bench.parked.list(UNNAMED, Optional.empty());
    assertThat(parked.quantity()).isEqualTo(1);
    assertThat(parked.full()).isFalse();
    var item = parked.items().get(0);
    assertThat(item.orderId()).isEqualTo("a");
    assertThat(item.deliveries()).isEqualTo(LIMIT);
    assertThat(item.reason()).isEqualTo("delivered 3 times and never committed");
    assertThat(bench.backlog().quantity()).isEqualTo(1);
    assertThat(bench.backlog().parked()).isEqualTo(1);
  }

  @Test
  void replay_deliversAsIfForTheFirstTime() {
    var id = parkOne().eventId();
    assertThat(bench.parked.replay(UNNAMED, Optional.of(List.of(id, "F".repeat(16) + id.substring(16))))).isZero();
    assertThat(bench.parked.replay(UNNAMED, Optional.of(List.of(id)))).isEqualTo(1);
    for (int i = 0; i < LIMIT; i++) {
      assertThat(bench.read()).hasSize(1);
      bench.leasesRunOut();
    }
    assertThat(bench.read()).isEmpty();
    assertThat(bench.parked.replay(UNNAMED, Optional.empty())).isEqualTo(1);
    assertThat(bench.read()).hasSize(1);
  }

  @Test
  void discard_isForEver() {
    var id = parkOne().eventId();
    assertThatThrownBy(() -> bench.parked.discard(UNNAMED, List.of("junk"))).isInstanceOf(ApiError.class);
    assertThat(bench.parked.discard(UNNAMED, List.of("0".repeat(16) + id.substring(16)))).isZero();
    assertThat(bench.parked.discard(UNNAMED, List.of(id))).isEqualTo(1);
    assertThat(bench.parked.discard(UNNAMED, List.of(id))).isZero();
    assertThat(bench.parked.replay(UNNAMED, Optional.empty())).isZero();
    bench.leasesRunOut();
    assertThat(bench.read()).isEmpty();
  }

  @Test
  void aLateCommit_takesItOutOfTheParking() {
    bench.commit(UNNAMED, List.of(parkOne()));
    assertThat(bench.parked.list(UNNAMED, Optional.empty()).items()).isEmpty();
  }

  @Test
  void whatFindsNoRoom_goesOnBeingDelivered() {
    bench.configure();
    for (int i = 0; i < Parking.MOST_PARKED + 5; i++) bench.append("o" + i, "handling");
    var delivered = new TreeSet<String>();
    for (int round = 0; round < LIMIT; round++) {
      for (var items = bench.read(); !items.isEmpty(); items = bench.read()) items.forEach(i -> delivered.add(i.orderId()));
      bench.leasesRunOut();
    }
    assertThat(delivered).hasSize(Parking.MOST_PARKED + 5);
    assertThat(bench.read()).hasSize(5).extracting(FeedItem::orderId).containsExactly("o1000", "o1001", "o1002", "o1003", "o1004");
    assertThat(bench.meters.get("orders.feed.parking.full").counter().count()).isEqualTo(5);
    assertThat(bench.meters.get("orders.feed.parked").counter().count()).isEqualTo(Parking.MOST_PARKED);
    var first = bench.parked.list(UNNAMED, Optional.empty());
    assertThat(first.full()).isTrue();
    assertThat(first.quantity()).isEqualTo(Parking.MOST_PARKED);
    assertThat(first.more()).isTrue();
    assertThat(first.items()).hasSize(100).extracting(ParkedItems.Item::orderId).startsWith("o0").endsWith("o99");
    assertThat(bench.parked.list(UNNAMED, Optional.of("0".repeat(16) + "%016X".formatted(899))).items()).hasSize(100).extracting(ParkedItems.Item::orderId).endsWith("o999");
    assertThat(bench.parked.list(UNNAMED, Optional.of("0".repeat(16) + "%016X".formatted(899))).more()).isFalse();
  }

  @Test
  void whatIsRemovedWhileParked_isAGap() {
    parkOne();
    bench.parked.list(UNNAMED, Optional.empty());
    bench.store.removeFromLog("demo", 0, 0);
    assertThat(bench.parked.list(UNNAMED, Optional.empty()).items()).isEmpty();
    assertThat(bench.cells.read(UNNAMED).gaps().list()).extracting(Ranges.Range::from, Ranges.Range::to).containsExactly(tuple(0L, 0L));
    assertThat(bench.parked.list(UNNAMED, Optional.empty()).quantity()).isZero();
  }

  private FeedItem parkOne() {
    bench.configure();
    bench.append("a", "handling");
    var item = bench.read().get(0);
    bench.leasesRunOut();
    for (int i = 1; i < LIMIT; i++) {
      assertThat(bench.read()).hasSize(1);
      bench.leasesRunOut();
    }
    assertThat(bench.read()).isEmpty();
    return item;
  }
}
