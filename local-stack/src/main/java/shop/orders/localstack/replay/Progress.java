package shop.orders.localstack.replay;

import java.time.Duration;

/** Who is told how a run goes. Called from one thread at a time. */
public interface Progress {
  /**
   * @param planned how many orders have been taken from the source so far
   * @param placed accepted by the API
   * @param atEnd seen at their end
   * @param failed refused by the API, or at an end it should not be at
   * @param lastTrouble what went wrong most recently while placing or looking; empty when the last call went well
   */
  record Standing(long planned, long placed, long atEnd, long failed, Duration elapsed, String lastTrouble) {
    double ordersPerSecond() {
      return elapsed.isZero() ? 0 : atEnd * 1e9 / elapsed.toNanos();
    }
  }

  /** About twice a second while the run goes, and once when it is over. */
  void standing(Standing standing);

  /** The run is over, nothing more will be told. */
  default void over() {}

  static Progress silent() {
    return standing -> {};
  }
}
