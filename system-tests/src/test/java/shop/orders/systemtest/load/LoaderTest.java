package shop.orders.systemtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.orders.model.Decision;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderHeader;
import shop.orders.store.Stores;
import shop.orders.store.memory.InMemoryStore;

class LoaderTest {
  private static final PastOrders ORDERS = new PastOrders(1, LocalDate.parse("2026-11-24"), 3, new Shops(5));
  private final InMemoryStore memory = new InMemoryStore(Clock.systemUTC());
  private final Stores stores = memory.stores();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void runThatWasBrokenOff_goesOn_andNothingIsTwice() throws Exception {
    run(new Position(0, 120));
    var position = new Position(80, 200); // the bookmark is behind what was written
    var second = run(position);
    assertThat(position.finished()).isTrue();
    assertThat(second.found()).isEqualTo(40);
    assertThat(second.written()).isEqualTo(80);
    var headers = headers();
    assertThat(headers).hasSize(200).allMatch(header -> header.version() == 1);
  }

  @Test
  void order_isFoundByIdAndOnItsDay_asHistory() throws Exception {
    run(new Position(0, 1));
    var made = ORDERS.order(0);
    var order = stores.orders().find(made.key()).orElseThrow();
    assertThat(order.isHistory()).isTrue();
    assertThat(order.status()).isEqualTo(made.order().status());
    assertThat(stores.orders().documents(made.key())).containsEntry(made.order().change().documentRev(), made.order().document().fields());
    var found = new ArrayList<>();
    stores.orderDays().read(made.key().account(), LocalDate.ofInstant(made.order().change().createdAt(), ZoneOffset.UTC), day -> found.add(day.key()));
    assertThat(found).containsExactly(made.key());
  }

  @Test
  void storeThatDoesNotAnswer_isWaitedFor() throws Exception {
    memory.faults().loseAllBatches();
    var loader = new Loader(stores.orders(), ORDERS, new Position(0, 20), Clock.systemUTC());
    for (int i = 0; i < 4; i++) threads.submit(loader::work);
    await().atMost(Duration.ofSeconds(20)).until(() -> !loader.trouble().isEmpty());
    memory.faults().heal();
    await().atMost(Duration.ofSeconds(20)).until(() -> loader.done() == 20);
    assertThat(headers()).hasSize(20).allMatch(header -> header.version() == 1);
  }

  @Test
  void otherOrderOfTheSameId_isLeftAlone_andCounted() throws Exception {
    var made = ORDERS.order(0);
    var change = made.order().change();
    var stranger = Decision.take(made.key(), made.order(), UUID.randomUUID(), change.createdAt(), "somebody");
    stores.orders().commit(new OrderCommit(stranger, Map.of(change.documentRev(), made.order().document().fields()), null));
    var loader = run(new Position(0, 1));
    assertThat(loader.written()).isZero();
    assertThat(loader.found()).isZero();
    assertThat(loader.strangers()).isEqualTo(1);
    assertThat(stores.orders().find(made.key()).orElseThrow().events().get(0).by()).isEqualTo("somebody");
  }

  @Test
  void position_isBehindEveryOrderUnderWay() {
    var position = new Position(5, 8);
    for (int i = 0; i < 3; i++) position.take();
    assertThat(position.take()).isEmpty();
    position.done(6);
    assertThat(position.allBelow()).isEqualTo(5);
    position.done(5);
    assertThat(position.allBelow()).isEqualTo(7);
    assertThat(position.finished()).isFalse();
    position.done(7);
    assertThat(position.allBelow()).isEqualTo(8);
    assertThat(position.finished()).isTrue();
  }

  @Test
  void bookmark_isMovedByOneProgramAtATime() {
    var mine = new Bookmark(stores.cursors(), 7);
    assertThat(mine.read()).isEmpty();
    var state = new Bookmark.State("2026-11-24", 3, 50, 0);
    assertThat(mine.write(state)).isTrue();
    var other = new Bookmark(stores.cursors(), 7);
    assertThat(other.read()).contains(state);
    assertThat(other.write(state.at(10))).isTrue();
    assertThat(mine.write(state.at(5))).isFalse();
    assertThat(new Bookmark(stores.cursors(), 7).read()).contains(state.at(10));
    assertThat(new Bookmark(stores.cursors(), 8).read()).isEmpty();
  }

  private Loader run(Position position) throws InterruptedException {
    var loader = new Loader(stores.orders(), ORDERS, position, Clock.systemUTC());
    var work = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) work.submit(loader::work);
    work.shutdown();
    assertThat(work.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    loader.broken().ifPresent(broken -> {
      throw broken;
    });
    return loader;
  }

  private List<OrderHeader> headers() {
    var headers = new ArrayList<OrderHeader>();
    for (int slice = 0; slice < stores.orderScan().slices(); slice++) stores.orderScan().read(slice, headers::add);
    return headers;
  }
}
