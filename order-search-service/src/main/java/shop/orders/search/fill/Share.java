package shop.orders.search.fill;

import java.time.Duration;

/** What who may work a share of the time only owes the others. */
public final class Share {
  /** Below the leases of those who rest; one piece of work that took long for another reason must not cost more. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  private Share() {}

  /** @param share above 0 to 1 @return how long to rest after so much work */
  public static Duration rest(long workedNanos, double share) {
    var due = Duration.ofNanos((long) (workedNanos * (1 - share) / share));
    return due.compareTo(LONGEST_REST) < 0 ? due : LONGEST_REST;
  }
}
