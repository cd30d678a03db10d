package shop.orders.search.check;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import shop.orders.model.OrderKey;
import shop.orders.search.index.AccountDay;
import shop.orders.search.index.DaySum;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderHeader;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;

/** What is in the store, to be compared with the index. Every method throws {@link StoreUnavailable}. Safe for use by many threads. */
class StoreContents implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(StoreContents.class);

  /** Asked for together, so that a day's answers are not all in memory at once. */
  private static final int AT_ONCE = 1_000;

  private final OrderStore orders;
  private final OrderDays days;
  private final OrderScan scan;
  private final Settings settings;
  private final ExecutorService readers;

  StoreContents(OrderStore orders, OrderDays days, OrderScan scan, Settings settings, int readers) {
    this.orders = orders;
    this.days = days;
    this.scan = scan;
    this.settings = settings;
    var number = new AtomicInteger();
    this.readers =
        Executors.newFixedThreadPool(
            readers,
            work -> {
              var thread = new Thread(work, "check-reader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void destroy() {
    readers.shutdownNow();
  }

  SortedSet<String> accounts() {
    return new TreeSet<>(settings.list(Settings.Kind.ACCOUNT, "").keySet());
  }

  /** Versions of all orders placed by an account on a day. @param read runs now and then */
  Map<OrderKey, Long> day(String account, LocalDate day, Runnable read) {
    // A placement that lost its race leaves its row behind, maybe on another day.
    var named = new LinkedHashSet<OrderKey>();
    days.read(account, day, created -> named.add(created.key()));
    var versions = new LinkedHashMap<OrderKey, Long>();
    var keys = List.copyOf(named);
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      for (var header : headers(keys.subList(from, Math.min(keys.size(), from + AT_ONCE))).values()) {
        if (createdOn(header).filter(day::equals).isPresent()) versions.put(header.key(), header.version());
      }
      read.run();
    }
    return versions;
  }

  /** Sums over the days from {@code from} to {@code to}, order by order. */
  Map<AccountDay, DaySum> sumsByDay(Collection<String> accounts, LocalDate from, LocalDate to, Runnable read) {
    var sums = new HashMap<AccountDay, DaySum>();
    for (var day = to; !day.isBefore(from); day = day.minusDays(1)) {
      for (var account : accounts) {
        var sum = DaySum.NONE;
        for (var order : day(account, day, read).entrySet()) sum = sum.plus(order.getKey(), order.getValue());
        if (sum.count() > 0) sums.put(new AccountDay(account, day), sum);
      }
    }
    return sums;
  }

  /**
   * Sums of all there is in one walk over it, which takes less than asking for each order once they are many.
   *
   * @param atOnce slices read at the same time
   */
  StoreSums sumsByScan(int atOnce, Runnable read) {
    var sums = new HashMap<AccountDay, DaySum>();
    var reading = new ArrayDeque<CompletableFuture<Map<AccountDay, DaySum>>>();
    int next = 0;
    while (next < scan.slices() || !reading.isEmpty()) {
      for (; next < scan.slices() && reading.size() < atOnce; next++) {
        int slice = next;
        reading.add(CompletableFuture.supplyAsync(() -> sums(slice), readers));
      }
      joined(reading.remove()).forEach((at, sum) -> sums.merge(at, sum, DaySum::plus));
      read.run();
    }
    return new StoreSums(sums);
  }

  private Map<AccountDay, DaySum> sums(int slice) {
    var sums = new HashMap<AccountDay, DaySum>();
    scan.read(
        slice,
        header -> {
          createdOn(header)
              .ifPresent(day -> sums.compute(new AccountDay(header.key().account(), day), (at, sum) -> (sum == null ? DaySum.NONE : sum).plus(header.key(), header.version())));
        });
    return sums;
  }

  /** Of those that were placed. @param keys some thousand at most */
  Map<OrderKey, OrderHeader> headers(Collection<OrderKey> keys) {
    return orders.headers(keys).stream().filter(header -> header.version() > 0).collect(Collectors.toMap(OrderHeader::key, Function.identity(), (a, b) -> b));
  }

  private static <T> T joined(CompletableFuture<T> reading) {
    try {
      return reading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw e;
    }
  }

  /** The day an order belongs to; empty if it was never placed, or that cannot be said. */
  Optional<LocalDate> createdOn(OrderHeader header) {
    if (header.version() == 0) return Optional.empty();
    if (header.createdAt() != null) return Optional.of(day(header.createdAt()));
    // Written by a release that did not note it here.
    return understood(header.key(), () -> orders.find(header.key()).map(order -> day(order.createdAt())));
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** When the order got its first version after {@code version}; empty if it has none, or that cannot be said. */
  Optional<Instant> after(OrderKey key, long version) {
    return understood(key, () -> orders.eventsAfter(key, version).stream().findFirst().map(event -> event.at()));
  }

  private static <T> Optional<T> understood(OrderKey key, Reading<T> reading) {
    try {
      return reading.read();
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      // Listed as a problem by whoever indexes it.
      log.debug("order {} is not to be understood: {}", key, e.toString());
      return Optional.empty();
    }
  }

  private interface Reading<T> {
    Optional<T> read();
  }
}
