package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

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
    wanted.add(new OrderHeader(moved.key(), 6, 0, "window-to-cancel"));
    var neverPlaced = SampleOrders.newKey(account);
    stores.orders().seal(neverPlaced, 0);
    wanted.add(new OrderHeader(neverPlaced, 0, 1, null));

    List<OrderHeader> found = new ArrayList<>();
    for (int slice = 0; slice < stores.orderScan().slices(); slice++) stores.orderScan().read(slice, found::add);
    assertThat(found).filteredOn(h -> h.key().account().equals(account)).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private OrderHeader placed(OrderKey key) {
    SampleOrders.placed(underTest().stores().orders(), key);
    return new OrderHeader(key, 3, 0, "payment-pending");
  }
}
