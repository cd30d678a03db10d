package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;

/** Holds for every {@link OrderScan}. */
public interface OrderScanContract {
  StoreUnderTest underTest();

  @Test
  default void read_handsEveryOrderExactlyOnce() {
    var stores = underTest().stores();
    var account = SampleOrders.newAccount();
    var wanted = new ArrayList<OrderHeader>();
    IntStream.range(0, 100).mapToObj(i -> SampleOrders.newKey(account)).forEach(key -> wanted.add(placed(key)));
    var moved = SampleOrders.placed(stores.orders(), SampleOrders.newKey(account));
    stores.orders().commit(SampleOrders.approval(moved));
    wanted.add(new OrderHeader(moved.key(), 6, 0, "window-to-cancel", SampleOrders.PLACED_AT));
    var neverPlaced = SampleOrders.newKey(account);
    stores.orders().seal(neverPlaced, 0);
    wanted.add(new OrderHeader(neverPlaced, 0, 1, null, null));

    List<OrderHeader> found = new ArrayList<>();
    for (int slice = 0; slice < stores.orderScan().slices(); slice++) stores.orderScan().read(slice, found::add);
    assertThat(found).filteredOn(h -> h.key().account().equals(account)).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  default void readKept_handsEveryOrderOnceWithItsDocument() {
    var stores = underTest().stores();
    var account = SampleOrders.newAccount();
    var keys = IntStream.range(0, 50).mapToObj(i -> SampleOrders.newKey(account)).toList();
    keys.forEach(this::placed);
    var kept = new KeptDocument(keys.get(0), SampleOrders.PLACED_AT, 3, new byte[] {1, 2, 3});
    stores.orderDays().keep(List.of(kept));

    List<KeptDocument> found = new ArrayList<>();
    for (int slice = 0; slice < stores.orderScan().slices(); slice++) stores.orderScan().readKept(slice, found::add);
    var ours = found.stream().filter(f -> f.key().account().equals(account)).toList();
    assertThat(ours).extracting(KeptDocument::key).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(ours).filteredOn(f -> f.json() != null).usingRecursiveFieldByFieldElementComparator().containsExactly(kept);
  }

  @Test
  default void page_afterPage_handsEveryOrderExactlyOnceWithItsLastChange() {
    var stores = underTest().stores();
    var account = SampleOrders.newAccount();
    var wanted = new ArrayList<OrderKey>();
    IntStream.range(0, 1_200).mapToObj(i -> SampleOrders.newKey(account)).forEach(key -> wanted.add(placed(key).key()));
    var moved = SampleOrders.placed(stores.orders(), SampleOrders.newKey(account));
    stores.orders().commit(SampleOrders.approval(moved));
    wanted.add(moved.key());
    stores.orders().seal(SampleOrders.newKey(account), 0);

    var found = new ArrayList<OrderScan.ChangedOrder>();
    int pages = 0;
    for (var page = stores.orderScan().page(null); ; page = stores.orderScan().page(page.next())) {
      found.addAll(page.orders());
      pages++;
      if (page.next() == null) break;
    }
    assertThat(pages).isGreaterThan(1);
    assertThat(found).filteredOn(o -> o.key().account().equals(account)).extracting(OrderScan.ChangedOrder::key).containsExactlyInAnyOrderElementsOf(wanted);
    var events = stores.orders().eventsAfter(moved.key(), 0);
    assertThat(found).contains(new OrderScan.ChangedOrder(moved.key(), events.get(events.size() - 1).at().truncatedTo(ChronoUnit.MILLIS)));
    assertThatThrownBy(() -> stores.orderScan().page("nowhere")).isInstanceOf(IllegalArgumentException.class);
  }

  private OrderHeader placed(OrderKey key) {
    SampleOrders.placed(underTest().stores().orders(), key);
    return new OrderHeader(key, 3, 0, "payment-pending", SampleOrders.PLACED_AT);
  }
}
