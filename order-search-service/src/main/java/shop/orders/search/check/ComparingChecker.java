package shop.orders.search.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shop.orders.search.check.CheckReport.Cause;
import shop.orders.search.index.AccountDay;
import shop.orders.search.index.DaySum;
import shop.orders.search.index.IndexContents;
import shop.orders.search.index.IndexName;
import shop.orders.search.index.IndexedDocument;

/** Holds the ids of one day of one account, or when it reads contents of all accounts, and the sums of all. Safe for use by many threads. */
class ComparingChecker implements Checker {
  /** For more days than this one walk over all headers takes less than asking for each order. */
  private static final int DAYS_ONE_BY_ONE = 31;

  private static final Comparator<AccountDay> NEWEST_FIRST =
      Comparator.comparing(AccountDay::day, Comparator.nullsFirst(Comparator.reverseOrder())).thenComparing(AccountDay::account, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final IndexContents contents;
  private final StoreContents store;
  private final Inspection inspection;
  private final Repairs repairs;
  private final Clock clock;
  private final MeterRegistry meters;

  ComparingChecker(IndexContents contents, StoreContents store, Inspection inspection, Repairs repairs, Clock clock, MeterRegistry meters) {
    this.contents = contents;
    this.store = store;
    this.inspection = inspection;
    this.repairs = repairs;
    this.clock = clock;
    this.meters = meters;
    for (var cause : Cause.values()) {
      differences(cause);
      repaired(cause);
    }
  }

  private Counter differences(Cause cause) {
    return Counter.builder("orders.search.check.differences").tag("cause", tag(cause)).description("orders whose documents differed from the store").register(meters);
  }

  private Counter repaired(Cause cause) {
    return Counter.builder("orders.search.check.repaired").tag("cause", tag(cause)).description("orders whose documents differed from the store, and do no more").register(meters);
  }

  private static String tag(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public CheckReport check(Scope scope, Depth depth, boolean repair, Watcher watcher) {
    return new Check(scope, null, repair, watcher).run(depth);
  }

  @Override
  public CheckReport check(Scope scope, StoreSums stored) {
    return new Check(scope, stored, true, soFar -> {}).run(Depth.SUMS);
  }

  @Override
  public StoreSums stored(int atOnce) {
    return store.sumsByScan(atOnce, () -> {});
  }

  /** One of them. */
  private final class Check {
    private final Scope scope;
    private final @Nullable StoreSums stored;
    private final boolean repair;
    private final Watcher watcher;
    private final Tally tally = new Tally();
    private final Set<String> suspects = new LinkedHashSet<>();

    Check(Scope scope, @Nullable StoreSums stored, boolean repair, Watcher watcher) {
      this.scope = scope;
      this.stored = stored;
      this.repair = repair;
      this.watcher = watcher;
    }

    CheckReport run(Depth depth) {
      contents.refresh(scope.generation());
      if (depth == Depth.CONTENT && scope.from() != null) {
        for (var day = last(); !day.isBefore(scope.from()); day = day.minusDays(1)) content(day);
      } else {
        bySums(depth);
      }
      settle();
      return tally.report();
    }

    private LocalDate last() {
      return scope.to() != null ? scope.to() : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void bySums(Depth depth) {
      var indexed = contents.sums(scope.generation(), scope.account(), scope.from(), scope.to(), this::worked);
      var stored = stored(indexed.keySet());
      var all = new TreeSet<>(NEWEST_FIRST);
      all.addAll(indexed.keySet());
      all.addAll(stored.keySet());
      if (depth == Depth.CONTENT) {
        if (all.stream().anyMatch(ComparingChecker::isNobodys)) nobodys();
        for (var day : all.stream().map(AccountDay::day).filter(Objects::nonNull).distinct().toList()) content(day);
        return;
      }
      tally.compared(stored.values().stream().mapToLong(DaySum::count).sum(), all.size());
      boolean nobodys = false;
      for (var pair : all) {
        if (indexed.getOrDefault(pair, DaySum.NONE).equals(stored.getOrDefault(pair, DaySum.NONE))) continue;
        if (isNobodys(pair)) {
          if (!nobodys) nobodys();
          nobodys = true;
        } else {
          compare(Objects.requireNonNull(pair.account()), Objects.requireNonNull(pair.day()));
        }
      }
    }

    private Map<AccountDay, DaySum> stored(Set<AccountDay> indexed) {
      if (stored != null) return stored.of(scope);
      var from = scope.from();
      if (from == null || ChronoUnit.DAYS.between(from, last()) > DAYS_ONE_BY_ONE) {
        return store.sumsByScan(1, this::worked).of(scope);
      }
      var accounts = accounts();
      indexed.stream().map(AccountDay::account).filter(Objects::nonNull).forEach(accounts::add);
      return store.sumsByDay(accounts, from, last(), this::worked);
    }

    private Set<String> accounts() {
      return scope.account() != null ? new TreeSet<>(List.of(scope.account())) : store.accounts();
    }

    /** Of one account by what the documents say of themselves. */
    private void compare(String account, LocalDate day) {
      list(account, day, false, expected(account, day));
    }

    /** Of all accounts in question, every document whole. */
    private void content(LocalDate day) {
      var expected = new HashMap<String, Long>();
      var pairs = new HashSet<String>();
      for (var account : accounts()) {
        var of = expected(account, day);
        if (!of.isEmpty()) pairs.add(account);
        expected.putAll(of);
      }
      tally.compared(expected.size(), pairs.size());
      list(scope.account(), day, true, expected);
    }

    /** Versions by document id. */
    private Map<String, Long> expected(String account, LocalDate day) {
      var expected = new HashMap<String, Long>();
      store.day(account, day, this::worked).forEach((key, version) -> expected.put(key.toString(), version));
      return expected;
    }

    private void list(@Nullable String account, LocalDate day, boolean whole, Map<String, Long> expected) {
      var index = IndexContents.index(scope.generation(), day);
      var listed = new HashSet<String>();
      contents.documents(
          scope.generation(),
          account,
          day,
          whole,
          page -> {
            for (var document : page) {
              boolean twice = !listed.add(document.id());
              if (twice || isSuspicious(document, index, expected.get(document.id()))) suspect(document.id());
            }
            worked();
          });
      for (var id : expected.keySet()) if (!listed.contains(id)) suspect(id);
      worked();
    }

    private void nobodys() {
      contents.nobodys(
          scope.generation(),
          page -> {
            page.forEach(document -> suspect(document.id()));
            worked();
          });
    }

    private void suspect(String id) {
      suspects.add(id);
      if (suspects.size() == Inspection.MOST) settle();
    }

    private void settle() {
      if (suspects.isEmpty()) return;
      if (repair) repairs.retryListed(suspects);
      var found = inspection.inspect(scope.generation(), suspects);
      suspects.clear();
      if (found.isEmpty()) return;
      found.values().forEach(finding -> {
        tally.found(finding);
        differences(finding.cause()).increment();
      });
      var left = found;
      if (repair) {
        left = repairs.repair(scope.generation(), found, finding -> repaired(finding.cause()).increment());
      }
      left.values().forEach(tally::left);
      worked();
    }

    private void worked() {
      watcher.worked(tally.report());
    }
  }

  private static boolean isSuspicious(IndexedDocument document, IndexName index, @Nullable Long version) {
    return version == null || !document.index().equals(index) || document.isWrong(version) || document.isBehind(version);
  }

  private static boolean isNobodys(AccountDay pair) {
    return pair.account() == null || pair.day() == null;
  }
}
