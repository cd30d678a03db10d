package shop.orders.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Function;

/**
 * The real servers for tests: one of each kind per JVM, started when first asked for, empty, on free ports, gone with the JVM.
 * Whoever kills or freezes a server makes a private one ({@code new Cassandra(Cassandra.Settings.forTests(directory))} with a
 * {@link #privateDirectory()}), so that others' tests do not see it. Safe for use by many threads.
 */
public final class TestServers {
  private static final Path ALL = Path.of("target/test-servers").toAbsolutePath();
  private static final Path OURS = ALL.resolve(ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8));

  static {
    removeLeftovers();
    Runtime.getRuntime().addShutdownHook(new Thread(TestServers::end, "test-servers-end"));
    System.out.println("[local-stack] servers for tests: local-stack, processes from Maven artifacts, in " + OURS);
  }

  private TestServers() {}

  public static Cassandra cassandra() {
    return CassandraHolder.SHARED;
  }

  public static Kafka kafka() {
    return KafkaHolder.SHARED;
  }

  public static Elasticsearch elasticsearch() {
    return ElasticsearchHolder.SHARED;
  }

  /** A new empty directory for a server of one's own; removed when this JVM ends. */
  public static Path privateDirectory() {
    var directory = OURS.resolve("private-" + UUID.randomUUID().toString().substring(0, 8));
    LocalServer.create(directory);
    return directory;
  }

  private static <S extends RunningServer> S start(String name, Function<Path, S> server) {
    var begin = System.nanoTime();
    var directory = OURS.resolve(name);
    LocalServer.create(directory);
    var started = server.apply(directory);
    started.start();
    System.out.printf("[local-stack] %s ready after %.1f s, log %s%n", name, (System.nanoTime() - begin) / 1e9, started.log());
    return started;
  }

  private static void end() {
    if (!Files.isDirectory(OURS)) return;
    try (var files = Files.walk(OURS, 2)) {
      // Private ones too: their data cannot be removed under them.
      files.filter(file -> file.endsWith("pid")).forEach(file -> new ServerProcess(file).kill());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    removeData(OURS);
  }

  /** A JVM killed with its servers leaves their data behind; a later run takes it away. */
  private static void removeLeftovers() {
    if (!Files.isDirectory(ALL)) return;
    try (var directories = Files.newDirectoryStream(ALL)) {
      for (var directory : directories) {
        var owner = Long.parseLong(directory.getFileName().toString().split("-")[0]);
        if (ProcessHandle.of(owner).isEmpty()) removeData(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything but the logs, which somebody may want to read after a failed test. */
  private static void removeData(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        var log = file.getFileName().toString().equals("log");
        var holdsLog = Files.isDirectory(file) && !isEmpty(file);
        if (!log && !holdsLog) Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.out.println("[local-stack] not all of " + directory + " could be removed: " + e.getMessage());
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var children = Files.newDirectoryStream(directory)) {
      return !children.iterator().hasNext();
    }
  }

  private static final class CassandraHolder {
    static final Cassandra SHARED = TestServers.start("cassandra", directory -> new Cassandra(Cassandra.Settings.forTests(directory)));
  }

  private static final class KafkaHolder {
    static final Kafka SHARED = TestServers.start("kafka", directory -> new Kafka(Kafka.Settings.forTests(directory)));
  }

  private static final class ElasticsearchHolder {
    static final Elasticsearch SHARED =
        TestServers.start("elasticsearch", directory -> new Elasticsearch(Elasticsearch.Settings.forTests(directory)));
  }
}
