package shop.orders.search.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import shop.orders.model.OrderKey;
import shop.orders.search.rebuild.Rebuild.Span;
import shop.orders.store.EventLog;
import shop.orders.store.KeptDocument;
import shop.orders.store.LogEntry;
import shop.orders.store.OrderDays;

/**
 * Orders that were created lately, newest day first, since beside their days their documents are ready; a slice of a day is a part, for one
 * day may be most of what there is. Then those that changed lately, from the accounts' event logs, newest first, accounts by turns. One that
 * was taken over from another system did not change, but belongs to its days all the same.
 */
final class RecentWave implements Wave {
  static final int DAYS = 7;

  /** Entries of one part. */
  private static final int PAGE = 5_000;

  /** More than clocks differ, and events wait for the log, on any usual day. */
  private static final Duration SLACK = Duration.ofHours(1);

  /** Orders remembered as handed on; of one that is forgotten the work is done twice. */
  private static final int REMEMBERED = 200_000;

  /** A change that is none: the order came from another system with what had become of it there. */
  private static final String IMPORTED = "imported";

  private final EventLog log;
  private final Instant from;
  private final DaysWave days;
  private final List<Entries> pages = new ArrayList<>();
  private final BitSet empty = new BitSet();

  /** Slices of days whose orders are {@link #seen}. */
  private final BitSet known = new BitSet();

  private Set<OrderKey> seen = lately();

  private record Entries(String account, long from, long to) {}

  /** @param logs of each account, what of its log is of these days */
  RecentWave(EventLog log, OrderDays days, Map<String, Span> logs, Instant from, LocalDate today) {
    this.log = log;
    this.from = from;
    // A day more at each end: clocks differ, and seven times a day are parts of eight.
    this.days = new DaysWave(days, new TreeSet<>(logs.keySet()), today.plusDays(1), today.minusDays(DAYS), false);
    var tops = new TreeMap<String, Long>();
    logs.forEach((account, span) -> { if (span.to() > span.from()) tops.put(account, span.to()); });
    while (!tops.isEmpty()) {
      for (var account : List.copyOf(tops.keySet())) {
        long to = tops.get(account);
        long lowest = logs.get(account).from();
        pages.add(new Entries(account, Math.max(lowest, to - PAGE), to));
        if (to - PAGE > lowest) tops.put(account, to - PAGE);
        else tops.remove(account);
      }
    }
  }

  /** What of each account's log may be of the time since {@code from}. */
  static SortedMap<String, Span> spans(EventLog log, Iterable<String> accounts, Instant from) {
    var spans = new TreeMap<String, Span>();
    for (var account : accounts) {
      long head = log.head(account);
      spans.put(account, new Span(first(log, account, head, from.minus(SLACK)), head));
    }
    return spans;
  }

  private static long first(EventLog log, String account, long head, Instant from) {
    long low = 0;
    long high = head;
    while (low < high) {
      long middle = low + (high - low) / 2;
      var there = log.page(account, middle, 1);
      // What is not there was removed for its age.
      if (there.isEmpty() || there.get(0).entry().appendedAt().isBefore(from)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  @Override
  public String what() {
    return "orders changed in the last " + DAYS + " days";
  }

  @Override
  public int parts() {
    return slices() + pages.size();
  }

  private int slices() {
    return days.parts() * OrderDays.SLICES;
  }

  /** The same again, from the first part on, for looking at what became of it. */
  void again() {
    seen = lately();
    synchronized (known) {
      known.clear();
    }
  }

  @Override
  public void read(int number, Sink sink) {
    synchronized (empty) {
      if (empty.get(number)) return;
    }
    var none = new AtomicBoolean(true);
    if (number < slices()) {
      days.read(number / OrderDays.SLICES, number % OrderDays.SLICES, noting(sink, none));
      synchronized (known) {
        known.set(number);
      }
    } else {
      learnDays();
      read(pages.get(number - slices()), noting(sink, none));
    }
    if (none.get()) {
      synchronized (empty) {
        empty.set(number);
      }
    }
  }

  /** An order of these days is its day's to hand on, or was handed on before a crash. */
  private void learnDays() {
    synchronized (known) {
      for (int slice = known.nextClearBit(0); slice < slices(); slice = known.nextClearBit(slice)) {
        int day = slice / OrderDays.SLICES;
        days.readKeys(day, seen::add);
        known.set(day * OrderDays.SLICES, (day + 1) * OrderDays.SLICES);
      }
    }
  }

  private void read(Entries part, Sink sink) {
    var entries = new ArrayList<LogEntry>();
    for (long next = part.from; next < part.to; ) {
      var some = log.read(part.account, next, (int) (part.to - next));
      if (some.isEmpty()) break;
      some.forEach(logged -> entries.add(logged.entry()));
      next = some.get(some.size() - 1).seq() + 1;
    }
    Collections.reverse(entries);
    for (var entry : entries) {
      if (!entry.type().equals(IMPORTED) && !entry.at().isBefore(from)) sink.add(new OrderKey(part.account, entry.orderId()));
    }
  }

  @Override
  public boolean claim(OrderKey key) {
    return seen.add(key);
  }

  private Sink noting(Sink sink, AtomicBoolean none) {
    return new Sink() {
      @Override
      public void add(OrderKey key) {
        none.set(false);
        sink.add(key);
      }

      @Override
      public void add(KeptDocument order) {
        none.set(false);
        seen.add(order.key());
        sink.add(order);
      }
    };
  }

  private static Set<OrderKey> lately() {
    return Collections.synchronizedSet(
        Collections.newSetFromMap(
            new LinkedHashMap<>() {
              @Override
              protected boolean removeEldestEntry(Map.Entry<OrderKey, Boolean> eldest) {
                return size() > REMEMBERED;
              }
            }));
  }
}
