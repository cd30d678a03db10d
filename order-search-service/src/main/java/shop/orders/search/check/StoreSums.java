package shop.orders.search.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import shop.orders.search.index.AccountDay;
import shop.orders.search.index.DaySum;

/** What the store held when it was walked over: count and hash-sums per account and day. Safe for use by many threads. */
public final class StoreSums {
  private final Map<AccountDay, DaySum> all;

  /** @param all not to be changed any more */
  StoreSums(Map<AccountDay, DaySum> all) {
    this.all = all;
  }

  Map<AccountDay, DaySum> of(Scope scope) {
    var some = new HashMap<>(all);
    some.keySet().removeIf(pair -> !scope.holds(Objects.requireNonNull(pair.account()), Objects.requireNonNull(pair.day())));
    return some;
  }
}
