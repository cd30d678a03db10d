package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderKey;
import shop.orders.store.OrderDays.CreatedOrder;

/** Holds for every {@link OrderDays}. */
public interface OrderDaysContract {
  StoreUnderTest underTest();

  private List<CreatedOrder> read(String account, String day) {
    var found = new ArrayList<CreatedOrder>();
    underTest().stores().orderDays().read(account, LocalDate.parse(day), found::add);
    return found;
  }

  private CreatedOrder place(OrderKey key, String at) {
    var instant = Instant.parse(at);
    SampleOrders.applied(underTest().stores().orders().commit(SampleOrders.placement(key, UUID.randomUUID(), instant)));
    return new CreatedOrder(key, instant.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  default void read_namesTheOrdersOfADay() {
    var account = SampleOrders.newAccount();
    var first = place(SampleOrders.newKey(account), "2026-11-23T00:00:00.0000001Z");
    var last = place(SampleOrders.newKey(account), "2026-11-23T23:59:59.999Z");
    var next = place(SampleOrders.newKey(account), "2026-11-24T00:00:00Z");
    place(SampleOrders.newKey(SampleOrders.newAccount()), "2026-11-23T12:00:00Z");
    assertThat(read(account, "2026-11-23")).containsExactlyInAnyOrder(first, last);
    assertThat(read(account, "2026-11-24")).containsExactly(next);
    assertThat(read(account, "2026-11-22")).isEmpty();
  }

  @Test
  default void read_ofAFullDay_namesEveryOrder() {
    var account = SampleOrders.newAccount();
    var all = IntStream.range(0, 60).mapToObj(minute -> place(SampleOrders.newKey(account), "2026-11-23T12:%02d:00Z".formatted(minute))).toList();
    assertThat(read(account, "2026-11-23")).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  default void keep_holdsTheNewestDocumentBesideItsOrder_whoeverWritesLast() {
    var days = underTest().stores().orderDays();
    var account = SampleOrders.newAccount();
    var order = place(SampleOrders.newKey(account), "2026-11-23T12:00:00Z");
    var without = place(SampleOrders.newKey(account), "2026-11-23T13:00:00Z");
    days.keep(List.of(document(order, 5, "five")));
    days.keep(List.of(document(order, 7, "seven"), document(order, 6, "six")));
    days.keep(List.of(document(order, 5, "late five")));

    assertThat(read(account, "2026-11-23")).containsExactlyInAnyOrder(order, without);
    var found = new ArrayList<KeptDocument>();
    days.readKept(List.of(account), LocalDate.parse("2026-11-23"), found::add);
    assertThat(found).usingRecursiveFieldByFieldElementComparator().containsExactlyInAnyOrder(document(order, 7, "seven"), new KeptDocument(without.key(), without.createdAt(), 0, null));
  }

  @Test
  default void readKept_ofManyAccounts_ofWhichOneHasAFullDay_handsOnEveryDocumentOnce() {
    var accounts = IntStream.range(0, 12).mapToObj(i -> SampleOrders.newAccount()).toList();
    var all = new ArrayList<KeptDocument>();
    for (var account : accounts) {
      int orders = account.equals(accounts.get(1)) ? 510 : 3;
      for (int i = 0; i < orders; i++) {
        var order = place(SampleOrders.newKey(account), "2026-11-23T12:00:00Z");
        all.add(document(order, 3, order.key().orderId()));
      }
    }
    underTest().stores().orderDays().keep(all);
    place(SampleOrders.newKey(SampleOrders.newAccount()), "2026-11-23T12:00:00Z");

    var found = new ArrayList<KeptDocument>();
    underTest().stores().orderDays().readKept(accounts, LocalDate.parse("2026-11-23"), found::add);
    assertThat(found).usingRecursiveFieldByFieldElementComparator().containsExactlyInAnyOrderElementsOf(all);
    found.clear();
    readBySlices(accounts, found::add);
    assertThat(found).as("by slices").usingRecursiveFieldByFieldElementComparator().containsExactlyInAnyOrderElementsOf(all);
  }

  /** Who was interrupted goes on after the orders that it had. */
  @Test
  default void readKept_handsOrdersOnInTheSameOrder_howeverManyComeMeanwhile() {
    var accounts = IntStream.range(0, 3).mapToObj(i -> SampleOrders.newAccount()).toList();
    for (int i = 0; i < 480; i++) place(SampleOrders.newKey(accounts.get(i % 3)), "2026-11-23T12:00:00Z");
    var before = keysKept(accounts);
    for (int more : new int[] {60, 500}) {
      for (int i = 0; i < more; i++) place(SampleOrders.newKey(accounts.get(1)), "2026-11-23T13:00:00Z");
      var after = keysKept(accounts);
      after.retainAll(Set.copyOf(before));
      assertThat(after).as("%d more", more).containsExactlyElementsOf(before);
    }
  }

  private List<OrderKey> keysKept(List<String> accounts) {
    var found = new ArrayList<OrderKey>();
    underTest().stores().orderDays().readKept(accounts, LocalDate.parse("2026-11-23"), order -> found.add(order.key()));
    readBySlices(accounts, order -> found.add(order.key()));
    return found;
  }

  private void readBySlices(List<String> accounts, Consumer<KeptDocument> sink) {
    for (int slice = 0; slice < OrderDays.SLICES; slice++) underTest().stores().orderDays().readKept(accounts, LocalDate.parse("2026-11-23"), slice, sink);
  }

  private static KeptDocument document(CreatedOrder order, long version, String json) {
    return new KeptDocument(order.key(), order.createdAt(), version, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  default void read_namesAnOrderBeforeItsBatch_soThatNoneIsMissed() {
    var account = SampleOrders.newAccount();
    var key = SampleOrders.newKey(account);
    var crash = new RuntimeException("the process ended here");
    underTest()
        .faults()
        .nextBatch(
            deliver -> {
              throw crash;
            });
    assertThatThrownBy(() -> underTest().stores().orders().commit(SampleOrders.placement(key))).isSameAs(crash);
    assertThat(read(account, "2026-11-23")).extracting(CreatedOrder::key).containsExactly(key);
  }
}
