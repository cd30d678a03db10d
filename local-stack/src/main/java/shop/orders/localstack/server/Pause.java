package shop.orders.localstack.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for something that nobody announces. */
public final class Pause {
  private Pause() {}

  /** @throws ServerFailed if interrupted */
  public static void of(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("interrupted while waiting for a server", e);
    }
  }
}
