package shop.orders.localstack.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import shop.orders.localstack.server.Jdk;
import shop.orders.localstack.server.LogTail;
import shop.orders.localstack.server.ServerFailed;

/** Where the classes of one of our programs are. */
sealed interface Code {
  /**
   * Ready to run.
   *
   * @param command what follows the JVM options
   * @param classPath every jar, for the class archive
   */
  record Prepared(List<String> command, String classPath) {}

  /** @param directory of the process, may be written to */
  Prepared prepared(Path directory, Jdk jdk);

  /** Whether there is something to run. */
  boolean built(Path directory);

  /** A main class on the class path of the command line itself. */
  record MainClass(Class<?> main) implements Code {
    @Override
    public Prepared prepared(Path directory, Jdk jdk) {
      // Jars only, as far as possible: classes in a directory cannot be archived, and the one there is belongs to the commands.
      var entries = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
      var jars = entries.stream().filter(entry -> entry.endsWith(".jar")).toList();
      var ours = main.getProtectionDomain().getCodeSource().getLocation().getPath();
      var classPath = String.join(File.pathSeparator, ours.endsWith(".jar") ? jars : entries);
      return new Prepared(
          List.of("-Dlogback.configurationFile=shop/orders/localstack/cli/logback-process.xml", "-cp", classPath, main.getName()), classPath);
    }

    @Override
    public boolean built(Path directory) {
      return true;
    }
  }

  /**
   * A Spring Boot jar. It is unpacked beside the process: that starts faster, lets its classes be archived, and a build does not pull
   * the jar from under a running service.
   */
  record BootJar(Path jar) implements Code {
    @Override
    public Prepared prepared(Path directory, Jdk jdk) {
      if (!Files.isRegularFile(jar)) throw new ServerFailed(jar + " is not built: run mvn -DskipTests package");
      var unpacked = directory.resolve("app");
      if (!isOf(unpacked)) unpack(unpacked, directory.resolve("unpack.log"), jdk);
      var app = unpacked.resolve(jar.getFileName());
      try (var libraries = Files.list(unpacked.resolve("lib"))) {
        var classPath = libraries.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator, app + File.pathSeparator, ""));
        return new Prepared(List.of("-jar", app.toString()), classPath);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean built(Path directory) {
      return isOf(directory.resolve("app"));
    }

    private boolean isOf(Path unpacked) {
      try {
        return Files.exists(stamp(unpacked)) && Files.readString(stamp(unpacked)).equals(identity());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void unpack(Path unpacked, Path log, Jdk jdk) {
      try {
        if (Files.isDirectory(unpacked)) {
          try (var files = Files.walk(unpacked)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
          }
        }
        var exit = new ProcessBuilder(
                jdk.java().toString(), Jdk.QUICK_COMPILER, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", unpacked.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
        if (exit != 0) throw new ServerFailed(jar + " cannot be unpacked:\n" + LogTail.of(log, 10));
        Files.writeString(stamp(unpacked), identity());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServerFailed("interrupted while unpacking " + jar, e);
      }
    }

    private static Path stamp(Path unpacked) {
      return unpacked.resolve("unpacked-from");
    }

    private String identity() throws IOException {
      return Files.isRegularFile(jar) ? Files.size(jar) + " " + Files.getLastModifiedTime(jar) : "none";
    }
  }
}
