package shop.orders.localstack.replay;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param planned orders taken from the source
 * @param placed orders the API accepted
 * @param arrived how many are at each end, ends without orders left out
 * @param unfinished orders refused, at a wrong end, or not at their end when patience was over
 * @param elapsed from the first order sent to the last order seen at its end
 * @param millisToEnd per arrived order, from sending it first to seeing it at its end (looked at every 0.2 to 2 s); sorted
 */
public record ReplayResult(
    long planned, long placed, Map<WantedEnd, Long> arrived, List<Unfinished> unfinished, Duration elapsed, long[] millisToEnd) {

  /** @param orderId empty when the order was never accepted */
  public record Unfinished(String source, String orderId, WantedEnd wanted, String reason) {
    @Override
    public String toString() {
      return (orderId.isEmpty() ? "(not placed)" : orderId) + " from " + source + ", wanted " + wanted.label() + ": " + reason;
    }
  }

  public ReplayResult {
    millisToEnd = millisToEnd.clone();
    Arrays.sort(millisToEnd);
  }

  public boolean complete() {
    return unfinished.isEmpty();
  }

  public long atEnd() {
    return millisToEnd.length;
  }

  /** Orders that came to their end, per second of the whole run. */
  public double ordersPerSecond() {
    return elapsed.isZero() ? 0 : atEnd() * 1e9 / elapsed.toNanos();
  }

  /** @param share 0 to 1; 0.5 is the median. Zero when nothing arrived. */
  public Duration timeToEnd(double share) {
    if (millisToEnd.length == 0) return Duration.ZERO;
    int rank = (int) Math.ceil(share * millisToEnd.length);
    return Duration.ofMillis(millisToEnd[Math.min(Math.max(rank - 1, 0), millisToEnd.length - 1)]);
  }

  /** For people, several lines. */
  public String report() {
    var text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%d orders placed of %d, %d at their end in %.1f s: %.1f orders per second%n",
        placed, planned, atEnd(), elapsed.toMillis() / 1e3, ordersPerSecond()));
    arrived.forEach((end, count) -> text.append(String.format(Locale.ROOT, "  %-20s %6d%n", end.label(), count)));
    if (atEnd() > 0) {
      text.append(String.format(Locale.ROOT, "time from placing to end: median %.2f s, 99 of 100 within %.2f s%n",
          timeToEnd(0.5).toMillis() / 1e3, timeToEnd(0.99).toMillis() / 1e3));
    }
    if (!complete()) {
      text.append(String.format(Locale.ROOT, "%d orders did not come to their end:%n", unfinished.size()));
      unfinished.forEach(order -> text.append("  ").append(order).append(System.lineSeparator()));
    }
    return text.toString();
  }
}
