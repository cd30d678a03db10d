package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for Cassandra at the start: it is the one server a service cannot do without, and may be slower to come up. */
final class Connecting {
  private static final Logger log = LoggerFactory.getLogger(Connecting.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private Connecting() {}

  /**
   * Tries until a session is there.
   *
   * @throws AllNodesFailedException the last one, if that takes longer than {@code patience}
   */
  static CqlSession await(Supplier<CqlSession> connect, Duration patience) {
    var begun = System.nanoTime();
    while (true) {
      try {
        return connect.get();
      } catch (AllNodesFailedException e) {
        var waited = Duration.ofNanos(System.nanoTime() - begun);
        if (waited.plus(PAUSE).compareTo(patience) > 0) {
          log.error("Cassandra has not answered for {} s, giving up; is it running, and is spring.cassandra.contact-points right?", waited.toSeconds());
          throw e;
        }
        log.warn("waiting for Cassandra, for {} s so far (at most {} s): {}", waited.toSeconds(), patience.toSeconds(), e.getMessage());
        pause(e);
      }
    }
  }

  private static void pause(AllNodesFailedException why) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw why;
    }
  }
}
