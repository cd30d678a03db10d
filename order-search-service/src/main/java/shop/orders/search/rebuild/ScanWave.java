package shop.orders.search.rebuild;

import java.time.Instant;
import shop.orders.store.OrderScan;

/** Orders created before a moment, as their days lie in the store: the least work for it. A part is a slice of the scan. */
final class ScanWave implements Wave {
  private final OrderScan scan;
  private final Instant before;

  ScanWave(OrderScan scan, Instant before) {
    this.scan = scan;
    this.before = before;
  }

  @Override
  public String what() {
    return "all other orders";
  }

  @Override
  public int parts() {
    return scan.slices();
  }

  @Override
  public void read(int part, Sink sink) {
    scan.readKept(part, order -> { if (order.createdAt().isBefore(before)) sink.add(order); });
  }
}
