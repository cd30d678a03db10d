package shop.orders.search.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import shop.orders.search.check.CheckReport.Cause;

/** Adds up what a check finds. For one thread. */
final class Tally {
  private static final int EXAMPLES = 20;

  private final Map<Cause, Long> found = new EnumMap<>(Cause.class);
  private final Map<Cause, Long> left = new EnumMap<>(Cause.class);
  private final List<String> examples = new ArrayList<>();
  private long orders;
  private long days;

  void compared(long moreOrders, long moreDays) {
    orders += moreOrders;
    days += moreDays;
  }

  void found(Finding finding) {
    found.merge(finding.cause(), 1L, Long::sum);
    if (examples.size() < EXAMPLES) examples.add(finding.toString());
  }

  void left(Finding finding) {
    left.merge(finding.cause(), 1L, Long::sum);
  }

  CheckReport report() {
    return new CheckReport(orders, days, Map.copyOf(found), Map.copyOf(left), List.copyOf(examples));
  }
}
