package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.APPROVE_PAYMENT;
import static shop.orders.model.OrderStatus.PAYMENT_APPROVED;
import static shop.orders.model.OrderStatus.WINDOW_TO_CANCEL;
import static shop.orders.workflow.feed.FeedBench.UNNAMED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.store.LogEntry;
import shop.orders.workflow.Sample;

/** Gaps of feeds whose events the orders still have. Each sample order is placed with three events and moved with three more. */
class RefillTest {
  private final FeedBench bench = new FeedBench();
  private final List<Order> orders = new ArrayList<>();

  @Test
  void whatWasRemovedUnread_comesFromTheOrders_andTheGapIsClosed() {
    bench.configure();
    place(10);
    bench.store.removeFromLog("demo", 0, 14);
    assertThat(take()).hasSize(15).doesNotHaveDuplicates();
    assertThat(states()).containsExactly("refilling");
    refill();
    assertThat(bench.backlog().quantity()).isEqualTo(15);
    assertThat(take()).hasSize(15);
    var gap = Gap.of(bench.cells.read(UNNAMED)).get(0);
    assertThat(gap.state()).isEqualTo("refilled");
    assertThat(gap.quantity()).isEqualTo(15);
    assertThat(gap.refilled()).isEqualTo(15);
    assertThat(bench.cells.read(UNNAMED).missing().isEmpty()).isTrue();
    assertThat(bench.cells.read(UNNAMED).refill().isOpen()).isFalse();
  }

  @Test
  void ordersPlacedLongBefore_andChangedInTheGap_areFoundWithWhatChangedThen() {
    place(5);
    bench.clock.advance(Duration.ofDays(40));
    bench.configure();
    move(0, 5);
    bench.clock.advance(Duration.ofDays(1));
    place(1);
    bench.store.removeFromLog("demo", 0, 29);
    var first = take();
    refill();
    var rest = take();
    assertThat(first).allMatch(e -> e.startsWith("v5"));
    assertThat(rest).hasSize(15).allMatch(e -> Integer.parseInt(e.substring(e.indexOf('/') + 1)) > 3);
  }

  @Test
  void refilledItems_areLeasedCommittedAndParkedLikeOthers() {
    var bench = new FeedBench(2);
    bench.configure();
    for (var entry : place(bench, 0)) bench.append(entry);
    bench.store.removeFromLog("demo", 0, 2);
    bench.read();
    while (bench.filler.step(UNNAMED).more());
    var items = readSome(bench);
    assertThat(items).hasSize(3);
    assertThat(bench.read()).isEmpty();
    bench.commit(UNNAMED, items.subList(0, 2));
    bench.leasesRunOut();
    assertThat(readSome(bench)).extracting(FeedItem::eventId).containsExactly(items.get(2).eventId());
    bench.leasesRunOut();
    for (int i = 0; i < 20; i++) assertThat(bench.read()).isEmpty();
    var parked = bench.parked.list(UNNAMED, Optional.empty());
    assertThat(parked.items()).extracting(ParkedItems.Item::eventId).containsExactly(items.get(2).eventId());
    assertThat(bench.parked.replay(UNNAMED, Optional.of(List.of(items.get(2).eventId())))).isEqualTo(1);
    var again = readSome(bench);
    assertThat(again).hasSize(1);
    bench.commit(UNNAMED, again);
    bench.leasesRunOut();
    for (int i = 0; i < 20; i++) assertThat(bench.read()).isEmpty();
  }

  @Test
  void theFilterDecidesWhatOfTheGapIsDelivered() {
    bench.configure("window-to-cancel");
    place(3);
    move(0, 3);
    bench.store.removeFromLog("demo", 0, 17);
    assertThat(take()).isEmpty();
    refill();
    assertThat(take()).containsExactlyInAnyOrder("v0demo-01/6", "v1demo-01/6", "v2demo-01/6");
  }

  @Test
  void whatNoOrderHas_isToldUntilAcknowledged() {
    bench.configure();
    bench.appendOrders(3);
    bench.store.removeFromLog("demo", 0, 1);
    bench.read();
    refill();
    assertThat(states()).containsExactly("incomplete");
    assertThat(bench.deliveries.read(UNNAMED, bench.configs.require(UNNAMED), Asked.events(1)).gaps().quantity()).isEqualTo(2);
  }

  @Test
  void gapsAreItemsForWhoAsks_untilTheyAreCommitted() {
    bench.configure();
    place(4);
    bench.store.removeFromLog("demo", 0, 5);
    var asked = new Asked(10, true);
    var config = bench.configs.require(UNNAMED);
    var first = bench.deliveries.read(UNNAMED, config, asked).items();
    assertThat(first.get(0).state()).isEqualTo("gap");
    assertThat(first.get(0).gap()).satisfies(gap -> assertThat(List.of(gap.from(), gap.to(), gap.quantity())).containsExactly(0L, 5L, 6L));
    assertThat(bench.read()).noneMatch(item -> item.state().equals("gap"));
    refill();
    var again = bench.deliveries.read(UNNAMED, config, asked).items();
    assertThat(again.get(0).gap()).satisfies(gap -> assertThat(gap.state()).isEqualTo("refilled"));
    bench.commit(UNNAMED, again.subList(0, 1));
    assertThat(bench.deliveries.read(UNNAMED, config, asked).items()).noneMatch(item -> item.state().equals("gap"));
  }

  @Test
  void aStepBrokenOffBeforeItWasNotedDown_appendsNothingTwice() {
    bench.configure();
    place(25);
    bench.store.removeFromLog("demo", 0, 59);
    var got = new ArrayList<>(take());
    for (boolean more = true; more; ) {
      var before = bench.cells.read(UNNAMED);
      more = bench.filler.step(UNNAMED).more();
      bench.filler.forget(UNNAMED);
      if (before.refill().job() == null) continue;
      bench.cells.change(UNNAMED, now -> FeedCells.Step.to(before, true)); // the process died after it appended
      more = bench.filler.step(UNNAMED).more();
    }
    got.addAll(take());
    assertThat(got).hasSize(75).doesNotHaveDuplicates();
  }

  @Test
  void twoProcessesAtOneGap_doNotDoTheSameTwice() throws Exception {
    bench.configure();
    place(60);
    bench.store.removeFromLog("demo", 0, 149);
    var got = new ArrayList<>(take());
    var other = new GapFiller(bench.cells, bench.stores.eventLog(), bench.stores.orderScan(), bench.stores.orders(), bench.clock);
    var thread = new Thread(() -> {
      while (other.step(UNNAMED).more());
    });
    thread.start();
    refill();
    thread.join();
    got.addAll(take());
    assertThat(got).hasSize(180).doesNotHaveDuplicates();
  }

  @Test
  void aFeedMadeAnew_hasNothingOfItsNamesakesRefill() {
    bench.configure();
    place(4);
    bench.store.removeFromLog("demo", 0, 5);
    bench.read();
    refill();
    bench.feeds.delete(UNNAMED);
    bench.clock.advance(Duration.ofHours(1));
    bench.configure();
    place(2);
    bench.store.removeFromLog("demo", 12, 14);
    var got = new ArrayList<>(take());
    refill();
    got.addAll(take());
    assertThat(got.stream().map(e -> e.substring(0, e.indexOf('/'))).distinct()).containsExactlyInAnyOrder("v4demo-01", "v5demo-01");
    assertThat(got).hasSize(6);
  }

  /** Whatever is removed and whenever the work is broken off. */
  @RepeatedTest(20)
  void eventsOfTheLogAndOfRefills_areWhatTheOrdersHave() {
    var random = new Random();
    bench.configure("order-created", "on-order-completed", "payment-pending", "approve-payment", "payment-approved", "window-to-cancel");
    var got = new ArrayList<String>();
    for (int round = 0; round < 10; round++) {
      place(5);
      if (orders.size() > 5) move(orders.size() - 10, orders.size() - 5);
      bench.clock.advance(Duration.ofMinutes(random.nextInt(10)));
      long head = bench.stores.eventLog().head("demo");
      if (random.nextInt(3) == 0) {
        long from = random.nextLong(head);
        bench.store.removeFromLog("demo", from, from + random.nextLong(Math.min(20, head - from)));
      }
      if (random.nextBoolean()) got.addAll(takeSome());
      for (int i = random.nextInt(4); i > 0; i--) bench.filler.step(UNNAMED);
      if (random.nextBoolean()) bench.filler.forget(UNNAMED); // a process that dies
    }
    for (int i = 0; i < 5; i++) {
      bench.leasesRunOut();
      got.addAll(take());
      refill();
    }
    bench.leasesRunOut();
    got.addAll(take());
    var all = new TreeSet<String>();
    for (var order : orders) {
      bench.stores.orders().eventsAfter(order.key(), 0).stream().filter(OrderEvent::isTransition).forEach(e -> all.add(order.key().orderId() + "/" + e.version()));
    }
    assertThat(new TreeSet<>(got)).isEqualTo(all);
    assertThat(states()).allMatch("refilled"::equals);
  }

  private void refill() {
    while (bench.filler.step(UNNAMED).more());
  }

  private List<String> states() {
    return Gap.of(bench.cells.read(UNNAMED)).stream().map(Gap::state).toList();
  }

  private void place(int count) {
    for (int i = 0; i < count; i++) {
      for (var entry : place(bench, orders.size())) bench.append(entry);
      orders.add(bench.stores.orders().find(key(orders.size())).orElseThrow());
      bench.clock.advance(Duration.ofSeconds(1));
    }
  }

  private static List<LogEntry> place(FeedBench bench, int number) {
    return entries(bench, Sample.placed(bench.stores.orders(), key(number), bench.clock.instant()), 0);
  }

  private void move(int from, int to) {
    for (var order : orders.subList(from, to)) {
      var moved = Sample.moved(bench.stores.orders(), order, bench.clock.instant(), APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL);
      for (var entry : entries(bench, moved, order.version())) bench.append(entry);
      bench.clock.advance(Duration.ofSeconds(1));
    }
  }

  private static List<LogEntry> entries(FeedBench bench, Order order, long after) {
    Instant now = bench.clock.instant();
    return order.events().stream().filter(e -> e.version() > after).map(e -> LogEntry.of(order.key().orderId(), e, now)).toList();
  }

  private static OrderKey key(int number) {
    return new OrderKey("demo", "v" + number + "demo-01");
  }

  /** How much of a read is for refilled items is left to chance. */
  private static List<FeedItem> readSome(FeedBench bench) {
    return IntStream.range(0, 20).boxed().flatMap(i -> bench.read().stream()).toList();
  }

  private List<String> takeSome() {
    var items = bench.read();
    bench.commit(UNNAMED, items);
    return items.stream().map(i -> eventOf(i)).toList();
  }

  /** Reads and commits until nothing is left. */
  private List<String> take() {
    var all = new ArrayList<String>();
    for (int empty = 0; empty < 3; ) {
      var some = takeSome();
      all.addAll(some);
      empty = some.isEmpty() ? empty + 1 : 0;
    }
    return all;
  }

  /** Order and version, which the sample statuses tell. */
  private String eventOf(FeedItem item) {
    var key = new OrderKey("demo", item.orderId());
    var event = bench.stores.orders().eventsAfter(key, 0).stream().filter(e -> e.status().wire().equals(item.state())).findFirst().orElseThrow();
    return item.orderId() + "/" + event.version();
  }
}
