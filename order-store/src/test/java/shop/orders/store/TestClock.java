package shop.orders.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when a test says so. Safe for use by many threads. */
public final class TestClock extends Clock {
  private final AtomicReference<Instant> now;

  public TestClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  public void advance(Duration by) {
    now.updateAndGet(at -> at.plus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this; // everything here is UTC
  }
}
