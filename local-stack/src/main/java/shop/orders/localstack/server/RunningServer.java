package shop.orders.localstack.server;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One real server in an operating-system process of its own. Stopped or killed and started again it has the same ports and the
 * data it had. Safe for use by many threads, one of them at a time.
 */
public interface RunningServer extends AutoCloseable {
  /** {@code cassandra}, {@code kafka} or {@code elasticsearch}. */
  String name();

  /**
   * Starts the process and returns when the server answers its own protocol. Does nothing if it already runs.
   *
   * @throws ServerFailed if it ends or is not ready in time; the message ends with the tail of its log and nothing is left running
   */
  void start();

  /** Asks the process to end (TERM) and waits until it has; one that does not is killed after half a minute. */
  void stop();

  /** kill -9 of the whole process group: nothing is flushed, nobody is told. */
  void kill();

  /** SIGSTOP of the process group: connections stay open and nothing answers. */
  void freeze();

  /** SIGCONT after {@link #freeze()}; returns at once, the server answers soon after. */
  void thaw();

  /** Whether the server answers its own protocol now; takes two seconds at most. */
  boolean ready();

  /** What the operating system says of the process. */
  ServerProcess process();

  /** Where the process writes what it has to say; kept over restarts. */
  Path log();

  /** How long {@link #start()} waits for a server that comes no nearer to being ready; for one that does, such as one that recovers what it was killed with, without end. Twice as long where it yields to others. */
  default Duration startLimit() {
    return Duration.ofMinutes(3);
  }

  /** The same as {@link #kill()}: the quickest way to be rid of it. */
  @Override
  default void close() {
    kill();
  }
}
