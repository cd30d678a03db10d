package shop.orders.search;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.store.CommitOutcome;
import shop.orders.store.KeptDocument;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderHeader;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Stores;
import shop.orders.store.memory.InMemoryDocuments;
import shop.orders.store.memory.InMemoryStore;

/**
 * Orders a test puts where the search service reads them: also older ones again, none, and a database that is away. Reading only. What
 * the service itself keeps is in memory beside them and outlives it.
 */
public class HeldOrders implements OrderStore, OrderDays, OrderScan {
  private final Map<OrderKey, Held> held = new ConcurrentHashMap<>();
  private final Stores beside = new InMemoryStore(Clock.systemUTC()).stores();
  private final InMemoryDocuments documentsKept = new InMemoryDocuments();
  private final Set<OrderKey> broken = ConcurrentHashMap.newKeySet();
  private final Map<OrderKey, CountDownLatch> slow = new ConcurrentHashMap<>();
  private volatile boolean away;

  /** An order with its documents by revision. */
  public record Held(Order order, Map<String, Map<String, @Nullable Object>> documents) {}

  public OrderKey put(Held order) {
    held.put(order.order.key(), order);
    return order.order.key();
  }

  /** The log, cells, leases and settings beside the orders; they answer always. */
  public Stores beside() {
    return beside;
  }

  public Set<OrderKey> keys() {
    return Set.copyOf(held.keySet());
  }

  /** Whether the database does not answer. */
  public void away(boolean away) {
    this.away = away;
  }

  /** Whether what stands in the database is not to be understood. */
  public void broken(OrderKey key, boolean isBroken) {
    if (isBroken) broken.add(key);
    else broken.remove(key);
  }

  /** Whoever asks for this order from now on waits until the latch is open. */
  public void slow(OrderKey key, CountDownLatch until) {
    slow.put(key, until);
  }

  @Override
  public Optional<Order> find(OrderKey key) {
    if (slow.containsKey(key)) await(slow.get(key));
    if (broken.contains(key)) throw new IllegalStateException("unheard-of event in " + key);
    return held(key).map(Held::order);
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> documents(OrderKey key) {
    return held(key).map(Held::documents).orElse(Map.of());
  }

  @Override
  public void read(String account, LocalDate day, Consumer<CreatedOrder> sink) {
    if (away) throw new StoreUnavailable("read " + day, new IllegalStateException("away"));
    held.values().stream()
        .map(Held::order)
        .filter(order -> order.key().account().equals(account) && LocalDate.ofInstant(order.createdAt(), ZoneOffset.UTC).equals(day))
        .sorted(Comparator.comparing(Order::createdAt).reversed())
        .forEach(order -> sink.accept(new CreatedOrder(order.key(), order.createdAt())));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted while it is slow", e);
    }
  }

  private Optional<Held> held(OrderKey key) {
    if (away) throw new StoreUnavailable("read " + key, new IllegalStateException("away"));
    return Optional.ofNullable(held.get(key));
  }

  /** It is in the database no more, and never was. */
  public void remove(OrderKey key) {
    held.remove(key);
  }

  @Override
  public Optional<OrderHeader> header(OrderKey key) {
    return held(key).map(HeldOrders::header);
  }

  private static OrderHeader header(Held held) {
    var order = held.order;
    return new OrderHeader(order.key(), order.version(), order.epoch(), order.status().wire(), order.createdAt().truncatedTo(ChronoUnit.MILLIS));
  }

  @Override
  public List<OrderEvent> eventsAfter(OrderKey key, long version) {
    return held(key).map(held -> held.order.events().stream().filter(event -> event.version() > version).toList()).orElse(List.of());
  }

  @Override
  public int slices() {
    return 4;
  }

  @Override
  public void read(int slice, Consumer<OrderHeader> sink) {
    if (away) throw new StoreUnavailable("read slice " + slice, new IllegalStateException("away"));
    held.forEach((key, order) -> { if (Math.floorMod(key.hashCode(), slices()) == slice) sink.accept(header(order)); });
  }

  @Override
  public void readKept(int slice, Consumer<KeptDocument> sink) {
    read(slice, header -> sink.accept(documentsKept.beside(new CreatedOrder(header.key(), Objects.requireNonNull(header.createdAt())))));
  }

  @Override
  public void readKept(Collection<String> accounts, LocalDate day, Consumer<KeptDocument> sink) {
    for (var account : accounts) read(account, day, order -> sink.accept(documentsKept.beside(order)));
  }

  @Override
  public void readKept(Collection<String> accounts, LocalDate day, int slice, Consumer<KeptDocument> sink) {
    readKept(accounts, day, order -> { if (OrderDays.slice(order.key()) == slice) sink.accept(order); });
  }

  @Override
  public void keep(Collection<KeptDocument> documents) {
    if (away) throw new StoreUnavailable("keep " + documents.size(), new IllegalStateException("away"));
    documentsKept.keep(documents);
  }

  @Override
  public Page page(@Nullable String position) {
    throw new UnsupportedOperationException("search walks slices");
  }

  @Override
  public CommitOutcome commit(OrderCommit commit) {
    throw new UnsupportedOperationException("search does not write orders");
  }

  @Override
  public boolean seal(OrderKey key, long version) {
    throw new UnsupportedOperationException("search does not write orders");
  }
}
