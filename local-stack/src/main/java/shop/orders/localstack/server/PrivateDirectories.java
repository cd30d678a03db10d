package shop.orders.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;

/**
 * Directories for servers that end with this JVM, below {@code target/test-servers}. When it ends the servers in them are killed and
 * their data is removed; logs stay. Safe for use by many threads.
 */
public final class PrivateDirectories {
  private static final Path ALL = Path.of("target/test-servers").toAbsolutePath();
  private static final Path OURS = ALL.resolve(ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8));

  static {
    removeLeftovers();
    Runtime.getRuntime().addShutdownHook(new Thread(PrivateDirectories::end, "test-servers-end"));
  }

  private PrivateDirectories() {}

  /** A new empty directory. */
  public static Path next() {
    return named("private-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /** The one directory of this name; empty when first asked for. */
  public static Path named(String name) {
    var directory = OURS.resolve(name);
    LocalServer.create(directory);
    return directory;
  }

  private static void end() {
    if (!Files.isDirectory(OURS)) return;
    try (var files = Files.walk(OURS, 2)) {
      // Data cannot be removed under a running server.
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
}
