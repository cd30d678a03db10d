package shop.orders.store.memory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.store.BatchFaults.Line;
import shop.orders.store.CommitOutcome;
import shop.orders.store.ExactJson;
import shop.orders.store.KeptDocument;
import shop.orders.store.Lane;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderHeader;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Wakeup;

/** Partitions in a map; each is its own lock, as each is its own consensus in the real store. */
final class InMemoryOrderStore implements OrderStore, OrderScan, OrderDays {
  private static final int TRIES = 5;
  private static final int PAGE = 10;

  private final InMemoryWakeups wakeups;
  private final Clock clock;
  private final Map<OrderKey, Partition> partitions = new ConcurrentHashMap<>();
  private final Map<OrderKey, Map<String, byte[]>> documents = new ConcurrentHashMap<>();
  private final Map<OrderKey, Instant> created = new ConcurrentHashMap<>();
  private final InMemoryDocuments documentsKept = new InMemoryDocuments();
  private final ConcurrentLinkedQueue<Line> faults = new ConcurrentLinkedQueue<>();
  private volatile boolean losing;

  /** Guarded by itself. */
  private static final class Partition {
    long epoch;
    final List<OrderEvent> events = new ArrayList<>();
  }

  /** Nobody knows what became of the batch. */
  private static final class Unknown extends Exception {}

  InMemoryOrderStore(InMemoryWakeups wakeups, Clock clock) {
    this.wakeups = wakeups;
    this.clock = clock;
  }

  @Override
  public Optional<Order> find(OrderKey key) {
    var partition = partitions.get(key);
    if (partition == null) return Optional.empty();
    synchronized (partition) {
      return partition.events.isEmpty() ? Optional.empty() : Optional.of(Order.fold(key, partition.epoch, partition.events));
    }
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> documents(OrderKey key) {
    var read = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    documents.getOrDefault(key, Map.of()).forEach((revision, json) -> read.put(revision, ExactJson.tree(json)));
    return read;
  }

  @Override
  public Optional<OrderHeader> header(OrderKey key) {
    return Optional.ofNullable(partitions.get(key)).map(partition -> header(key, partition));
  }

  @Override
  public List<OrderEvent> eventsAfter(OrderKey key, long version) {
    return find(key).map(order -> order.events().stream().filter(e -> e.version() > version).toList()).orElse(List.of());
  }

  @Override
  public CommitOutcome commit(OrderCommit commit) {
    var decision = commit.decision();
    announce(commit);
    var known = documents.computeIfAbsent(decision.key(), k -> new ConcurrentHashMap<>());
    commit.documents().forEach((revision, tree) -> known.put(revision, ExactJson.bytes(tree)));
    if (decision.baseVersion() == 0) created.put(decision.key(), decision.createdAt().truncatedTo(ChronoUnit.MILLIS));
    long epoch = decision.epoch();
    for (int i = 0; i < TRIES; i++) {
      try {
        if (send(decision, epoch)) return new CommitOutcome.Applied(Order.fold(decision.key(), epoch, all(decision)));
      } catch (Unknown e) {
        // Told apart below, as after a refusal.
      }
      var landed = landed(decision);
      if (landed.isPresent()) return new CommitOutcome.Applied(landed.get());
      var header = header(decision.key()).orElse(new OrderHeader(decision.key(), 0, 0, null, null));
      if (header.version() != decision.baseVersion()) return new CommitOutcome.Conflict();
      if (header.epoch() != epoch) {
        if (decision.baseVersion() != 0) return new CommitOutcome.Conflict();
        epoch = header.epoch();
        announce(commit);
      }
    }
    throw new StoreUnavailable("the outcome of command " + decision.commandId() + " is unknown", new Unknown());
  }

  /** The order as it was before, and the decision. */
  private List<OrderEvent> all(Decision decision) {
    return decision.result().events();
  }

  private void announce(OrderCommit commit) {
    var decision = commit.decision();
    wakeups.write(Lane.RELAY, new Wakeup(decision.key(), decision.baseVersion(), clock.instant()));
    if (commit.lookAt() != null) wakeups.write(Lane.STEP, new Wakeup(decision.key(), decision.baseVersion(), commit.lookAtNotBefore(clock.instant())));
  }

  private boolean send(Decision decision, long epoch) throws Unknown {
    if (losing) throw new Unknown();
    var line = faults.poll();
    if (line == null) return batch(decision, epoch);
    line.send(() -> batch(decision, epoch));
    throw new Unknown();
  }

  private boolean batch(Decision decision, long epoch) {
    var partition = partitions.computeIfAbsent(decision.key(), k -> new Partition());
    synchronized (partition) {
      if (partition.events.size() != decision.baseVersion() || partition.epoch != epoch) return false;
      partition.events.addAll(decision.events());
      return true;
    }
  }

  private Optional<Order> landed(Decision decision) {
    return find(decision.key())
        .filter(o -> o.version() > decision.baseVersion())
        .filter(o -> o.events().get((int) decision.baseVersion()).commandId().equals(decision.commandId()))
        .map(
            o -> {
              var upToIt = o.events().stream().filter(e -> e.version() <= decision.baseVersion() || e.commandId().equals(decision.commandId()));
              return Order.fold(o.key(), o.epoch(), upToIt.toList());
            });
  }

  @Override
  public boolean seal(OrderKey key, long version) {
    var partition = partitions.computeIfAbsent(key, k -> new Partition());
    synchronized (partition) {
      if (partition.events.size() != version) return false;
      partition.epoch++;
      return true;
    }
  }

  @Override
  public int slices() {
    return SLICES;
  }

  @Override
  public void read(int slice, Consumer<OrderHeader> sink) {
    partitions.forEach(
        (key, partition) -> {
          if (Math.floorMod(key.hashCode(), SLICES) == slice) sink.accept(header(key, partition));
        });
  }

  @Override
  public void readKept(int slice, Consumer<KeptDocument> sink) {
    created.forEach((key, at) -> { if (Math.floorMod(key.hashCode(), SLICES) == slice) sink.accept(documentsKept.beside(new CreatedOrder(key, at))); });
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
    documentsKept.keep(documents);
  }

  @Override
  public Page page(@Nullable String position) {
    if (position != null && position.indexOf('/') < 0) throw new IllegalArgumentException("no position: " + position);
    var after = partitions.keySet().stream().filter(key -> position == null || key.toString().compareTo(position) > 0).sorted(Comparator.comparing(OrderKey::toString)).toList();
    var page = after.subList(0, Math.min(PAGE, after.size()));
    var orders = page.stream().flatMap(key -> find(key).stream()).map(o -> new ChangedOrder(o.key(), o.events().get(o.events().size() - 1).at().truncatedTo(ChronoUnit.MILLIS))).toList();
    return new Page(orders, page.size() == after.size() ? null : page.get(page.size() - 1).toString());
  }

  @Override
  public void read(String account, LocalDate day, Consumer<CreatedOrder> sink) {
    created.entrySet().stream()
        .filter(e -> e.getKey().account().equals(account) && LocalDate.ofInstant(e.getValue(), ZoneOffset.UTC).equals(day))
        .map(e -> new CreatedOrder(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(CreatedOrder::createdAt).reversed())
        .forEach(sink);
  }

  private static OrderHeader header(OrderKey key, Partition partition) {
    synchronized (partition) {
      var events = partition.events;
      if (events.isEmpty()) return new OrderHeader(key, 0, partition.epoch, null, null);
      var createdAt = Order.fold(key, partition.epoch, events).createdAt().truncatedTo(ChronoUnit.MILLIS);
      return new OrderHeader(key, events.size(), partition.epoch, events.get(events.size() - 1).status().wire(), createdAt);
    }
  }

  void nextBatch(Line line) {
    faults.add(line);
  }

  void loseAllBatches(boolean all) {
    losing = all;
  }
}
