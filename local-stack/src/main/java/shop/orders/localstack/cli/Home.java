package shop.orders.localstack.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Where things are.
 *
 * @param root the repository
 * @param state everything the local stack keeps: {@code .oms} in the repository, or what {@code OMS_STATE} names, so that several stacks
 *     can live side by side
 */
public record Home(Path root, Path state) {
  /** By system property {@code oms.home} and environment. */
  public static Home current() {
    var root = absolute(System.getProperty("oms.home", ""));
    var state = System.getenv("OMS_STATE");
    return new Home(root, state == null || state.isBlank() ? root.resolve(".oms") : absolute(state));
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  /** Everything of one process: its id, log, configuration and data. */
  Path of(String process) {
    return state().resolve(process);
  }

  /** Address and key of account demo, as {@code NAME=value} lines; there once the stack was up. */
  public Path demoEnv() {
    return state().resolve("demo.env");
  }

  Properties settings() {
    return load(state().resolve("settings.properties"));
  }

  void keepSettings(Properties settings) {
    write(state().resolve("settings.properties"), settings);
  }

  static Properties load(Path file) {
    var properties = new Properties();
    if (!Files.exists(file)) return properties;
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code name=value} lines in order; the file is its owner's alone from its first byte. */
  static void write(Path file, Properties properties) {
    var lines = new TreeMap<Object, Object>(properties).entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    try {
      Files.createDirectories(file.getParent());
      var draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs what changes processes, one command line at a time.
   *
   * @throws Refused if another one is at it
   */
  <T> T alone(Callable<T> work) throws Exception {
    Files.createDirectories(state());
    try (var channel = FileChannel.open(state().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) throw new Refused("another ./oms is starting or stopping processes here; wait for it to end");
      return work.call();
    } catch (OverlappingFileLockException e) {
      throw new Refused("another command in this process is starting or stopping processes here");
    }
  }

  /** Removes all state but the lock, which is held. */
  void wipe() {
    if (!Files.isDirectory(state())) return;
    try (var files = Files.walk(state())) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(state()) && !file.equals(state().resolve("lock"))) Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
