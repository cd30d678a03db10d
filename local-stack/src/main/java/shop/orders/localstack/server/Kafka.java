package shop.orders.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Apache Kafka, one node that is broker and controller. Topics are not created by being used. */
public final class Kafka extends LocalServer {
  private static final short METADATA = 3;
  private static final short METADATA_VERSION = 1;

  private final Settings settings;
  private final ClassArchive classes;
  private final String classPath;
  private final Jdk jdk;

  /**
   * @param directory holds configuration, data and log; created when absent
   * @param port for clients
   * @param controllerPort of the quorum of one; nobody else uses it, but it must be free
   * @param heapMegabytes 256 does for tests, 384 for load
   * @param quickCompiler only the first compiler: starts sooner, with less of the machine, and runs slower, for tests
   * @param endsWithThisJvm whether it is killed when this JVM ends
   */
  public record Settings(
      Path directory, int port, int controllerPort, int heapMegabytes, boolean quickCompiler, boolean endsWithThisJvm) {
    /** For a test: free ports, a small heap, gone with this JVM. */
    public static Settings forTests(Path directory) {
      return new Settings(directory, Ports.free(), Ports.free(), 256, true, true);
    }
  }

  /** @throws ServerFailed if the class path was not built */
  public Kafka(Settings settings) {
    super("kafka", settings.directory(), settings.endsWithThisJvm());
    this.settings = settings;
    this.jdk = Jdk.running();
    this.classPath = Artifacts.classPath("kafka");
    this.classes = ClassArchive.of("kafka", jdk, classPath, directory());
  }

  /** Host and port, as {@code bootstrap.servers} wants it. */
  public String bootstrapServers() {
    return "127.0.0.1:" + settings.port();
  }

  @Override
  protected Launch launch(Path directory, boolean endsWithThisJvm) {
    var values = Map.of("DIR", directory, "PORT", settings.port(), "CONTROLLER_PORT", settings.controllerPort());
    var properties = Artifacts.write("kafka.properties", directory.resolve("server.properties"), values);
    var log4j = Artifacts.write("kafka-log4j2.properties", directory.resolve("log4j2.properties"), Map.of());
    if (!Files.exists(directory.resolve("data/meta.properties"))) format(properties, log4j);

    var command = new ArrayList<>(List.of(
        jdk.java().toString(), "-Xms" + settings.heapMegabytes() + "M", "-Xmx" + settings.heapMegabytes() + "M",
        "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35", "-XX:+ExitOnOutOfMemoryError",
        "-Djava.net.preferIPv4Stack=true", "-Dlog4j2.configurationFile=" + log4j));
    command.addAll(classes.options());
    if (settings.quickCompiler()) command.add(Jdk.QUICK_COMPILER);
    command.addAll(List.of("-cp", classPath, "kafka.Kafka", properties.toString()));
    return new Launch(name(), command, Map.of(), false, directory, log(), endsWithThisJvm, false);
  }

  /** Asks for the brokers of the cluster: an answer without one means the broker has not registered yet. */
  @Override
  public boolean ready() {
    var request = ByteBuffer.allocate(18)
        .putInt(14).putShort(METADATA).putShort(METADATA_VERSION).putInt(1).putShort((short) -1)
        .putInt(0); // no topics
    return Probe.answers(settings.port(), request.array(), in -> {
      in.readInt(); // size
      in.readInt(); // correlation
      return in.readInt() > 0;
    });
  }

  @Override
  protected void ended() {
    classes.keep();
  }

  /** Gives the empty data directory the identity a broker refuses to start without. */
  private void format(Path properties, Path log4j) {
    var uuid = UUID.randomUUID();
    var bytes = ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).array();
    // A leading dash would read as an option.
    var cluster = "L" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(1);
    var command = List.of(
        jdk.java().toString(), "-Xmx128M", Jdk.QUICK_COMPILER, "-Dlog4j2.configurationFile=" + log4j,
        "-cp", classPath, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", properties.toString(), "--ignore-formatted");
    try {
      var exit = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
          .start()
          .waitFor();
      if (exit != 0) throw new ServerFailed("kafka cannot format " + directory() + ":\n" + LogTail.of(log(), 10));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("interrupted while formatting " + directory(), e);
    }
  }
}
