package shop.orders.testservers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** The container engine of this machine. */
final class Engine {
  private Engine() {}

  /** Whether there is one that answers; looked for in all the places Testcontainers knows. */
  static boolean answers() {
    if (!(LoggerFactory.getLogger("org.testcontainers") instanceof Logger log)) return DockerClientFactory.instance().isDockerAvailable();
    // Having none is no error here, and not worth the pages Testcontainers writes about it.
    var usual = log.getLevel();
    log.setLevel(Level.OFF);
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } finally {
      log.setLevel(usual);
    }
  }
}
