package shop.orders.workflow.relay;

import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Wakeup;
import shop.orders.web.log.LogIds;
import shop.orders.web.status.Measure;
import shop.orders.web.trace.OrderTraces;
import shop.orders.web.trace.Stage;
import shop.orders.workflow.lane.OpenWakeups;
import shop.orders.workflow.lane.ShardWork;

/**
 * Copies the events of one shard's orders into their accounts' logs: each once, an order's in order of version. The append is guarded by
 * the log's head, so two relays that both believe to hold the shard cannot both append the same. An order that the store does not give, or
 * an account whose log it does not take, waits by itself, its wakeups open; a round fails if the store does nothing at all.
 */
class Relay implements ShardWork {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final int ORDERS_A_ROUND = 200;

  /** How long before the oldest open wakeup appended events are remembered; older ones are looked up in the log. */
  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  /** By how much an order's later wakeup may become visible before an earlier one. Less than what is remembered, or each would have the log read. */
  private static final Duration OVERTAKES = Duration.ofSeconds(30);

  /** An order whose events cannot be read is a bug, and must not stop its whole shard. */
  private static final Duration UNREADABLE_AGAIN = Duration.ofMinutes(1);

  /** Until a wakeup that is due has been seen here, and for what clocks differ by. */
  private static final Duration SEEN = Duration.ofSeconds(2);

  private final OrderStore store;
  private final EventLog eventLog;
  private final OpenWakeups wakeups;
  private final ApplicationEventPublisher publisher;
  private final Clock clock;
  private final Executor readers;
  private final Timer lag;
  private final OrderTraces traces;
  private final Map<String, LogTail> tails = new HashMap<>();

  /**
   * Orders that are not looked at now, and until when. Those whose batch was not there must not crowd out others; of those that were put off
   * a newer wakeup waits for the older ones, or the events that those announced would be taken for appended.
   */
  private final Map<OrderKey, Instant> notBefore = new HashMap<>();

  /** Orders that the store does not give. */
  private final Pauses<OrderKey> unread = new Pauses<>();

  /** Accounts whose log cannot be written or read back. */
  private final Pauses<String> stopped = new Pauses<>();

  Relay(OrderStore store, EventLog eventLog, OpenWakeups wakeups, ApplicationEventPublisher publisher, Clock clock, Executor readers, Timer lag, OrderTraces traces) {
    this.store = store;
    this.eventLog = eventLog;
    this.wakeups = wakeups;
    this.publisher = publisher;
    this.clock = clock;
    this.readers = readers;
    this.lag = lag;
    this.traces = traces;
  }

  @Override
  public void begin() {
    tails.clear();
    notBefore.clear();
    unread.clear();
    stopped.clear();
    wakeups.begin();
    for (var wakeup : wakeups.ahead(UNREADABLE_AGAIN.multipliedBy(2))) hold(wakeup.key(), wakeup.dueAt());
  }

  @Override
  public boolean tick() {
    var open = wakeups.refresh();
    var byOrder = open.stream().collect(Collectors.groupingBy(Wakeup::key, LinkedHashMap::new, Collectors.toList()));
    var now = clock.instant();
    notBefore.values().removeIf(until -> !now.isBefore(until));
    unread.keepOnly(byOrder.keySet());
    stopped.keepOnly(byOrder.keySet().stream().map(OrderKey::account).collect(Collectors.toSet()));
    var round = byOrder.entrySet().stream().filter(e -> isDue(e.getKey(), now)).limit(ORDERS_A_ROUND).toList();
    var notRead = new LinkedHashMap<OrderKey, StoreUnavailable>();
    var notAppended = new LinkedHashMap<String, StoreUnavailable>();
    var perAccount = read(round, now, notRead).stream().collect(Collectors.groupingBy(r -> r.key().account()));
    boolean moved = false;
    for (var account : perAccount.entrySet()) {
      try {
        moved |= relay(account.getKey(), account.getValue(), now);
        stopped.end(account.getKey());
      } catch (StoreUnavailable e) {
        notAppended.put(account.getKey(), e);
      }
    }
    tails.values().forEach(tail -> tail.forgetBefore(wakeups.mark().minus(REMEMBERED)));
    pause(notRead, unread, moved, now);
    pause(notAppended, stopped, moved, now);
    return moved;
  }

  /**
   * Those whom the store refused while it served others, now or when they were refused before, wait by themselves.
   *
   * @throws StoreUnavailable if nobody was served: nothing says that it is theirs alone
   */
  private static <K> void pause(Map<K, StoreUnavailable> refused, Pauses<K> pauses, boolean othersServed, Instant now) {
    for (var one : refused.entrySet()) {
      if (!othersServed && !pauses.knows(one.getKey())) throw one.getValue();
      if (one.getValue() instanceof LostLog) continue; // read back at once
      log.warn("{} is not relayed for {}, the others go on: {}", one.getKey(), pauses.again(one.getKey(), now), one.getValue().getMessage());
    }
  }

  private void hold(OrderKey key, Instant until) {
    notBefore.merge(key, until.plus(SEEN), (one, other) -> one.isAfter(other) ? one : other);
  }

  private boolean isDue(OrderKey key, Instant now) {
    return !notBefore.containsKey(key) && unread.isOver(key, now) && stopped.isOver(key.account(), now);
  }

  @Override
  public void tell(Measure measure) {
    wakeups.tell(measure);
  }

  /** An order as it was read, and why. */
  private record Read(OrderKey key, List<Wakeup> due, Optional<Order> order) {}

  /**
   * Each order with what its newest wakeup announced; what was decided after that has a wakeup of its own. Without those that cannot be read.
   *
   * @param notRead is told of those that the store does not give
   */
  private List<Read> read(List<Map.Entry<OrderKey, List<Wakeup>>> round, Instant now, Map<OrderKey, StoreUnavailable> notRead) {
    var reads = new LinkedHashMap<OrderKey, CompletableFuture<Optional<Order>>>();
    for (var one : round) {
      var key = one.getKey();
      long newest = one.getValue().stream().mapToLong(Wakeup::version).max().orElse(0);
      reads.put(key, CompletableFuture.supplyAsync(() -> store.findAfter(key, newest), readers));
    }
    var orders = new ArrayList<Read>();
    for (var one : round) {
      var key = one.getKey();
      try {
        orders.add(new Read(key, one.getValue(), reads.get(key).join()));
        unread.end(key);
      } catch (CompletionException e) {
        if (e.getCause() instanceof StoreUnavailable away) {
          notRead.put(key, away);
        } else {
          LogIds.during(key, () -> log.error("{} cannot be relayed, will be tried again in {}; the others go on", key, UNREADABLE_AGAIN, e.getCause()));
          wakeups.putOff(one.getValue(), now.plus(UNREADABLE_AGAIN));
          hold(key, now.plus(UNREADABLE_AGAIN));
        }
      }
    }
    return orders;
  }

  private boolean relay(String account, List<Read> due, Instant began) {
    var tail = tails.computeIfAbsent(account, a -> new LogTail(eventLog, a, clock));
    var entries = new ArrayList<LogEntry>();
    var settled = new ArrayList<Wakeup>();
    for (var one : due) {
      var order = one.order();
      long version = order.map(Order::version).orElse(0L);
      if (order.isPresent()) entries.addAll(missing(tail, order.get(), one.due()));
      for (var wakeup : one.due()) {
        if (version > wakeup.version() || lockedOut(wakeup)) settled.add(wakeup);
        else notBefore.put(wakeup.key(), lookAgain(wakeup));
      }
    }
    if (!entries.isEmpty()) append(account, tail, entries, began);
    wakeups.settle(settled);
    return !entries.isEmpty() || !settled.isEmpty();
  }

  /** What the log lacks of the order. Events older than the tail's memory count as appended only if they came before every open wakeup. */
  private List<LogEntry> missing(LogTail tail, Order order, List<Wakeup> open) {
    long surelyAppended = open.stream().mapToLong(Wakeup::version).min().orElse(0);
    var since = order.events().stream().filter(e -> e.version() > surelyAppended).map(OrderEvent::at).findFirst().orElse(clock.instant());
    long appended = tail.appended(order.key().orderId(), since.minus(OVERTAKES));
    var now = clock.instant();
    var missing = new ArrayList<LogEntry>();
    for (var event : order.events()) {
      boolean old = event.version() <= surelyAppended && event.at().isBefore(tail.knownSince());
      if (event.version() > appended && !old) missing.add(LogEntry.of(order.key().orderId(), event, now));
    }
    return missing;
  }

  private void append(String account, LogTail tail, List<LogEntry> entries, Instant began) {
    boolean appended = false;
    try {
      appended = tail.append(entries);
    } finally {
      if (!appended) tails.remove(account); // unknown or beaten: read the log back before anything else is appended
    }
    if (!appended) throw new LostLog(account);
    told(account, entries, began);
    publisher.publishEvent(new Appended(account));
  }

  private void told(String account, List<LogEntry> entries, Instant began) {
    for (var entry : entries) lag.record(Math.max(0, entry.at().until(entry.appendedAt(), ChronoUnit.MICROS)), TimeUnit.MICROSECONDS); // clocks of two machines
    var now = clock.instant();
    entries.stream().map(LogEntry::orderId).distinct().forEach(id -> traces.note(Stage.RELAY, new OrderKey(account, id), null, began, now));
  }

  /** A batch on its way lands within milliseconds; the older its wakeup, the less often it is worth a look. */
  private Instant lookAgain(Wakeup wakeup) {
    var now = clock.instant();
    var age = Duration.between(wakeup.dueAt(), now).toMillis();
    return now.plusMillis(Math.max(5, Math.min(age / 2, 1_000)));
  }

  /** The batch this wakeup announced did not land in time: from here on it cannot. */
  private boolean lockedOut(Wakeup wakeup) {
    if (clock.instant().isBefore(wakeup.dueAt().plus(OpenWakeups.BATCH_IS_LATE))) return false;
    try {
      return store.seal(wakeup.key(), wakeup.version());
    } catch (StoreUnavailable e) {
      LogIds.during(wakeup.key(), () -> log.info("{} could not be sealed, will be tried again: {}", wakeup.key(), e.getMessage()));
      return false;
    }
  }

  /** Another relay appended to the account's log: somebody took the shard over, or did not notice that we did. */
  private static class LostLog extends StoreUnavailable {
    LostLog(String account) {
      super("the log of " + account + " has another writer; reading it back", null);
    }
  }
}
