package shop.orders.localstack.replay;

import java.time.Duration;
import java.util.UUID;

/**
 * How a run goes.
 *
 * @param run part of every idempotency key: the same run started again places nothing twice
 * @param ordersPerSecond ceiling for placing; 0 for as fast as the API takes them
 * @param placers how many orders are being placed at once, 1 to 256
 * @param watchers how many orders are being looked at, at once, 1 to 256
 * @param patience how long without any order placed or arrived before the run is given up
 */
public record ReplayOptions(String run, double ordersPerSecond, int placers, int watchers, Duration patience) {
  public ReplayOptions {
    if (run.isBlank() || !run.matches("[\\x21-\\x7e]{1,64}")) throw new IllegalArgumentException("run must be 1 to 64 printable characters without blanks: " + run);
    if (!(ordersPerSecond >= 0)) throw new IllegalArgumentException("rate must not be negative: " + ordersPerSecond);
    if (placers < 1 || placers > 256) throw new IllegalArgumentException("placers must be 1 to 256: " + placers);
    if (watchers < 1 || watchers > 256) throw new IllegalArgumentException("watchers must be 1 to 256: " + watchers);
    if (patience.isNegative() || patience.isZero()) throw new IllegalArgumentException("patience must be positive: " + patience);
  }

  /** A new run, as fast as it goes, five minutes of patience. */
  public static ReplayOptions defaults() {
    return new ReplayOptions(newRun(), 0, 16, 8, Duration.ofMinutes(5));
  }

  static String newRun() {
    return UUID.randomUUID().toString().substring(0, 13);
  }
}
