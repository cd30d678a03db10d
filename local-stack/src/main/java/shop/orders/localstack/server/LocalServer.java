package shop.orders.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the processes of the local stack have in common: a directory with everything of theirs, one process, a log. */
public abstract class LocalServer implements RunningServer {
  private static final int TAIL_LINES = 40;

  private final String name;
  private final Path directory;
  private final boolean endsWithThisJvm;
  private final ServerProcess process;

  /**
   * @param directory created when first started
   * @param endsWithThisJvm whether the process is killed when this JVM ends
   */
  protected LocalServer(String name, Path directory, boolean endsWithThisJvm) {
    this.name = name;
    this.directory = directory.toAbsolutePath().normalize();
    this.endsWithThisJvm = endsWithThisJvm;
    this.process = new ServerProcess(this.directory.resolve("pid"));
  }

  /** Writes the configuration and says how to start; may take seconds when there is no data yet. */
  protected abstract Launch launch(Path directory, boolean endsWithThisJvm);

  /** What {@link #start()} waits for; differs from being ready where that depends on others. */
  protected boolean started() {
    return ready();
  }

  /** A number that goes on changing while it comes nearer to being started; any other while it does not. */
  protected long progress() {
    return 0;
  }

  /** Called after a clean end. */
  protected void ended() {}

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void start() {
    if (process.pid().isPresent()) return;
    create(directory);
    var launch = launch(directory, endsWithThisJvm);
    var limit = launch.yields() ? startLimit().multipliedBy(2) : startLimit(); // it starts with what others leave it
    process.start(launch);
    long reached = 0;
    long since = System.nanoTime();
    while (!started()) {
      if (process.state() == ServerProcess.State.DEAD) throw failed("ended while starting");
      long now = progress();
      if (now != reached) since = System.nanoTime();
      reached = now;
      if (System.nanoTime() - since > limit.toNanos()) throw failed("is not ready, and came no nearer for " + limit.toSeconds() + " s");
      Pause.of(Duration.ofMillis(100));
    }
  }

  @Override
  public final void stop() {
    process.stop();
    ended();
  }

  @Override
  public final void kill() {
    process.kill();
  }

  @Override
  public final void freeze() {
    process.freeze();
  }

  @Override
  public final void thaw() {
    process.thaw();
  }

  @Override
  public final ServerProcess process() {
    return process;
  }

  @Override
  public final Path log() {
    return directory.resolve("log");
  }

  protected final Path directory() {
    return directory;
  }

  protected static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerFailed failed(String how) {
    process.kill();
    process.stop();
    return new ServerFailed(name + " " + how + ". Its log, " + log() + ", ends with:\n" + LogTail.of(log(), TAIL_LINES));
  }
}
