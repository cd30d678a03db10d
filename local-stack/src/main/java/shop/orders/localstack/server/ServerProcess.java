package shop.orders.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A process that outlives the JVM that started it, known by a file that holds its process id and the instant it started: an id
 * alone is given to somebody else sooner or later, and that somebody must not be killed.
 *
 * <p>Where {@code setsid} exists the process leads a group of its own and signals go to the group; elsewhere they go to the process
 * and its descendants. Many threads and many JVMs may look at one process; start and stop it from one place at a time.
 */
public final class ServerProcess {
  /** What became of the process. */
  public enum State {
    RUNNING,
    /** Stopped by SIGSTOP, to be continued. */
    FROZEN,
    /** Never started, or ended because it was asked to. */
    STOPPED,
    /** Gone without having been asked. */
    DEAD
  }

  /** The kernel keeps boot time in whole seconds, so the same start instant may read one second apart after a clock correction. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  /** A third of what others get. */
  private static final int NICE = 5;

  /** Where Linux groups processes by session, which of ours each have their own, niceness counts for nothing between groups: a group has its own. */
  private static final List<String> YIELDING =
      List.of("sh", "-c", "{ echo " + NICE + " > /proc/self/autogroup; } 2> /dev/null; exec nice -n " + NICE + " \"$@\"", "sh");

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private static final Duration FREEZE_LIMIT = Duration.ofSeconds(5);

  private final Path pidFile;

  public ServerProcess(Path pidFile) {
    this.pidFile = pidFile.toAbsolutePath();
  }

  /**
   * Starts a process and remembers it; returns at once.
   *
   * @throws IllegalStateException if the one remembered still runs
   * @throws ServerFailed if the program cannot be run
   */
  public void start(Launch launch) {
    if (alive().isPresent()) throw new IllegalStateException(launch.name() + " already runs");
    var command = new ArrayList<String>();
    Tools.SETSID.ifPresent(setsid -> command.add(setsid.toString()));
    if (launch.yields()) command.addAll(YIELDING);
    command.addAll(launch.command());
    try {
      Files.createDirectories(launch.log().toAbsolutePath().getParent());
      Files.createDirectories(pidFile.getParent());
      var builder = new ProcessBuilder(command).directory(launch.directory().toFile());
      if (launch.cleanEnvironment()) builder.environment().clear();
      builder.environment().putAll(launch.environment());
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
      builder.redirectInput(Path.of("/dev/null").toFile());
      var process = builder.start();
      remember(process.toHandle());
      if (launch.endsWithThisJvm()) Watchdog.over(process);
    } catch (IOException e) {
      throw new ServerFailed(launch.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  public State state() {
    var known = known();
    if (known.isEmpty()) return State.STOPPED;
    if (alive().isEmpty()) return State.DEAD;
    return kernelState(known.get().pid()) == 'T' ? State.FROZEN : State.RUNNING;
  }

  /** The id of the process while it runs or is frozen. */
  public OptionalLong pid() {
    return alive().map(handle -> OptionalLong.of(handle.pid())).orElse(OptionalLong.empty());
  }

  /** When the process was started, while it runs or is frozen. */
  public Optional<Instant> startedAt() {
    return alive().flatMap(handle -> handle.info().startInstant());
  }

  /** TERM, wait, and after half a minute KILL. A frozen process is thawed to hear it. Does nothing if there is none. */
  public void stop() {
    alive().ifPresent(handle -> {
      signal(handle, "TERM");
      signal(handle, "CONT");
      if (!ended(handle, STOP_LIMIT)) kill(handle);
    });
    forget();
  }

  /** KILL; the state is then {@link State#DEAD}. Does nothing if there is none. */
  public void kill() {
    alive().ifPresent(this::kill);
  }

  /**
   * STOP; returns when it has come to a stop, which threads busy in the kernel put off for a moment.
   *
   * @throws IllegalStateException if it does not run
   */
  public void freeze() {
    var handle = aliveOrThrow();
    signal(handle, "STOP");
    var deadline = System.nanoTime() + FREEZE_LIMIT.toNanos();
    while (state() == State.RUNNING && System.nanoTime() < deadline) Pause.of(Duration.ofMillis(10));
  }

  /** @throws IllegalStateException if it does not run */
  public void thaw() {
    signal(aliveOrThrow(), "CONT");
  }

  private void kill(ProcessHandle handle) {
    signal(handle, "KILL");
    if (!ended(handle, STOP_LIMIT)) throw new ServerFailed("process " + handle.pid() + " survives kill -9");
  }

  private ProcessHandle aliveOrThrow() {
    return alive().orElseThrow(() -> new IllegalStateException("no process runs that " + pidFile + " speaks of"));
  }

  /** The process this file speaks of if it still runs: same id, same start. A zombie does not run. */
  private Optional<ProcessHandle> alive() {
    return known().flatMap(known -> ProcessHandle.of(known.pid()).filter(handle -> running(handle) && known.isStartOf(handle)));
  }

  private static boolean running(ProcessHandle handle) {
    return handle.isAlive() && kernelState(handle.pid()) != 'Z';
  }

  private static boolean ended(ProcessHandle handle, Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (running(handle)) {
      if (System.nanoTime() > deadline) return false;
      Pause.of(Duration.ofMillis(20));
    }
    return true;
  }

  private static void signal(ProcessHandle handle, String signal) {
    if (leadsItsGroup(handle.pid())) {
      shellKill(signal, "-" + handle.pid());
    } else {
      Stream.concat(Stream.of(handle), handle.descendants()).forEach(each -> shellKill(signal, Long.toString(each.pid())));
    }
  }

  /** The shell's own kill, since not every system has a program of that name. */
  private static void shellKill(String signal, String target) {
    Tools.run(List.of("sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, target));
  }

  private static boolean leadsItsGroup(long pid) {
    var stat = procStat(pid);
    // Without /proc only the way it was started can tell.
    return stat.length > 2 ? stat[2].equals(Long.toString(pid)) : Tools.SETSID.isPresent();
  }

  /** R, S, D, T, Z and so on; a blank if the process is gone. */
  private static char kernelState(long pid) {
    var stat = procStat(pid);
    if (stat.length > 0) return stat[0].charAt(0);
    if (Files.isDirectory(Path.of("/proc/self"))) return ' ';
    try {
      var ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(pid)).start();
      var answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return answer.isEmpty() ? ' ' : answer.charAt(0);
    } catch (IOException e) {
      throw new UncheckedIOException("neither /proc nor ps tells the state of a process", e);
    }
  }

  /** State, parent, group and so on; empty if the process is gone or there is no /proc. */
  private static String[] procStat(long pid) {
    try {
      var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      return new String[0];
    }
  }

  private void remember(ProcessHandle handle) throws IOException {
    var start = handle.info().startInstant().orElseGet(Instant::now);
    var draft = pidFile.resolveSibling(pidFile.getFileName() + ".new");
    Files.writeString(draft, handle.pid() + " " + start + "\n");
    Files.move(draft, pidFile, StandardCopyOption.ATOMIC_MOVE);
  }

  private void forget() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Known> known() {
    try {
      var parts = Files.readString(pidFile).strip().split(" ");
      return Optional.of(new Known(Long.parseLong(parts[0]), Instant.parse(parts[1])));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Known(long pid, Instant start) {
    boolean isStartOf(ProcessHandle handle) {
      return handle.info().startInstant()
          .map(actual -> Duration.between(start, actual).abs().compareTo(CLOCK_STEP) <= 0)
          .orElse(false);
    }
  }
}
