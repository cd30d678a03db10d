package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.search.TestOrders.order;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.store.FoundOrder;
import tools.jackson.databind.json.JsonMapper;

class OrderReaderTest {
  @Test
  void documents_areInMemoryAFewAtATimeHoweverManyRead() throws Exception {
    var orders = new HeldOrders();
    var keys = IntStream.range(0, 12).mapToObj(i -> orders.put(order("demo", "v" + i + "-01").placed())).toList();
    var third = new CountDownLatch(3);
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var store =
        new HeldOrders() {
          @Override
          public Optional<Order> find(OrderKey key) {
            return orders.find(key);
          }

          @Override
          public Map<String, Map<String, @Nullable Object>> documents(OrderKey key) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            third.countDown();
            try {
              third.await(200, TimeUnit.MILLISECONDS); // gives a third one every chance to come in beside two
              return orders.documents(key);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            } finally {
              now.decrementAndGet();
            }
          }
        };
    var reader = new OrderReader(store, JsonMapper.builder().build(), Clock.systemUTC(), 2);
    var threads = Executors.newFixedThreadPool(8);
    try {
      var reads = keys.stream().map(key -> threads.submit(() -> reader.read(key))).toList();
      for (var read : reads) assertThat(read.get(10, TimeUnit.SECONDS)).isInstanceOf(OrderReader.Made.Document.class);
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isEqualTo(2);
  }

  @Test
  void whatCannotBeReadTogether_isReadOneByOne() {
    var store =
        new HeldOrders() {
          @Override
          public List<FoundOrder> findWhole(String account, Collection<String> orderIds) {
            if (orderIds.contains("v3-01")) throw new IllegalStateException("no header of v3-01 to be understood");
            return super.findWhole(account, orderIds);
          }
        };
    var keys = IntStream.range(0, 5).mapToObj(i -> store.put(order("demo", "v" + i + "-01").placed())).collect(Collectors.toCollection(ArrayList::new));
    store.broken(keys.get(3), true);
    keys.add(new OrderKey("demo", "absent-01"));
    var reader = new OrderReader(store, JsonMapper.builder().build(), Clock.systemUTC(), 2);
    for (var some : List.of(keys, keys.subList(0, 3), keys.subList(4, 6))) {
      for (var made : reader.readTogether(some).stream().map(Supplier::get).toList()) {
        var kind = made.key().orderId().equals("v3-01") ? OrderReader.Made.Unreadable.class : made.key().orderId().equals("absent-01") ? OrderReader.Made.Absent.class : OrderReader.Made.Document.class;
        assertThat(made).as("%s", made.key()).isInstanceOf(kind);
      }
      assertThat(reader.readTogether(some)).extracting(made -> made.get().key()).containsExactlyElementsOf(some);
    }
  }

  @Test
  void keys_areAskedForSomeOfAnAccountAtATime() {
    var asked = Collections.synchronizedList(new ArrayList<Integer>());
    var store =
        new HeldOrders() {
          @Override
          public List<FoundOrder> findWhole(String account, Collection<String> orderIds) {
            asked.add(orderIds.size());
            return super.findWhole(account, orderIds);
          }
        };
    var keys = IntStream.range(0, 66).mapToObj(i -> store.put(order(i % 3 == 0 ? "small" : "large", "v" + i + "-01").placed())).toList();
    var reads = new ReadsTogether(new OrderReader(store, JsonMapper.builder().build(), Clock.systemUTC(), 2), Runnable::run, keys);
    var read = new ArrayList<OrderKey>();
    reads.forEachRemaining(made -> read.add(made.get().key()));
    assertThat(read).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(asked).containsExactlyInAnyOrder(10, 10, 2, 10, 10, 10, 10, 4);
  }

  @Test
  void smallHeap_holdsFewDocuments() {
    assertThat(List.of(OrderReader.documentsFor(256L << 20, 16), OrderReader.documentsFor(512L << 20, 16), OrderReader.documentsFor(8L << 30, 16))).containsExactly(2, 5, 16);
  }
}
