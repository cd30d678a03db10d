package shop.orders.localstack.server;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Apache Cassandra, one node on the loopback address. Data centre {@code datacenter1}. */
public final class Cassandra extends LocalServer {
  /** The kernel would pin the whole heap for root: half a gigabyte for nothing. */
  private static final List<String> WITHOUT_MEMORY_LOCK = List.of("--bounding-set", "-ipc_lock");

  /**
   * Idle threads of its pools do not sleep, they nap for some microseconds, tens of thousands of times a second as long as there is
   * anything to do, and waking up cost more than all work. The kernel may wake such a sleeper this much later; who has work is woken at once.
   */
  static final long TIMER_SLACK_NANOS = 1_000_000;

  private static final Path TIMER_SLACK = Path.of("/proc/self/timerslack_ns");

  /** Version 4 OPTIONS: asks what the server supports, needs no login. */
  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
  private static final int SUPPORTED = 6;

  private final Settings settings;
  private final ClassArchive classes;
  private final String classPath;
  private final Jdk jdk;

  /**
   * @param directory holds configuration, data and log; created when absent
   * @param port CQL
   * @param storagePort between nodes; nobody else uses it, but it must be free
   * @param heapMegabytes 512 does for tests, 768 for load
   * @param quickCompiler only the first compiler: starts a second sooner and runs slower, for tests
   * @param endsWithThisJvm whether it is killed when this JVM ends
   */
  public record Settings(
      Path directory, int port, int storagePort, int heapMegabytes, boolean quickCompiler, boolean endsWithThisJvm) {
    /** For a test: free ports, a small heap, gone with this JVM. */
    public static Settings forTests(Path directory) {
      return new Settings(directory, Ports.free(), Ports.free(), 512, true, true);
    }
  }

  /** @throws ServerFailed if there is no JDK 17 or the class path was not built */
  public Cassandra(Settings settings) {
    super("cassandra", settings.directory(), settings.endsWithThisJvm());
    this.settings = settings;
    this.jdk = Jdk.seventeen();
    this.classPath = Artifacts.classPath("cassandra");
    this.classes = ClassArchive.of("cassandra", jdk, classPath, directory());
  }

  public InetSocketAddress contactPoint() {
    return new InetSocketAddress("127.0.0.1", settings.port());
  }

  @Override
  protected Launch launch(Path directory, boolean endsWithThisJvm) {
    var values = Map.of("DIR", directory, "PORT", settings.port(), "STORAGE_PORT", settings.storagePort());
    var yaml = Artifacts.write("cassandra.yaml", directory.resolve("cassandra.yaml"), values);
    var logback = Artifacts.write("cassandra-logback.xml", directory.resolve("logback.xml"), Map.of());
    var options = Artifacts.write("cassandra-jvm17.options", directory.resolve("jvm17.options"), Map.of());
    var temporary = directory.resolve("tmp");
    create(temporary);

    var command = new ArrayList<String>();
    if (Files.isWritable(TIMER_SLACK)) command.addAll(List.of("sh", "-c", "echo " + TIMER_SLACK_NANOS + " > " + TIMER_SLACK + "; exec \"$@\"", "sh"));
    if (Tools.root() && Tools.setprivAllows(WITHOUT_MEMORY_LOCK)) {
      command.add(Tools.SETPRIV.orElseThrow().toString());
      command.addAll(WITHOUT_MEMORY_LOCK);
    }
    command.addAll(List.of(
        jdk.java().toString(), "@" + options,
        "-Xms" + settings.heapMegabytes() + "M", "-Xmx" + settings.heapMegabytes() + "M", "-XX:MaxDirectMemorySize=256M"));
    command.addAll(classes.options());
    if (settings.quickCompiler()) command.add(Jdk.QUICK_COMPILER);
    command.addAll(List.of(
        "-Dcassandra.config=" + yaml.toUri(), "-Dcassandra.storagedir=" + directory, "-Dcassandra.logdir=" + directory,
        "-Dlogback.configurationFile=" + logback, "-Djava.io.tmpdir=" + temporary,
        "-cp", classPath, "org.apache.cassandra.service.CassandraDaemon"));
    return new Launch(name(), command, Map.of(), false, directory, log(), endsWithThisJvm, false);
  }

  @Override
  public boolean ready() {
    return Probe.answers(settings.port(), OPTIONS, in -> in.readNBytes(9)[4] == SUPPORTED);
  }

  @Override
  protected void ended() {
    classes.keep();
  }
}
