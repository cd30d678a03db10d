package shop.orders.localstack.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What the build left for us: class paths, the Elasticsearch distribution, and the templates in our own jar. */
final class Artifacts {
  private Artifacts() {}

  /**
   * The root of the repository: system property {@code oms.home}, or the nearest directory above the working directory that has
   * the servers' poms.
   */
  static Path home() {
    var given = System.getProperty("oms.home");
    if (given != null) return Path.of(given).toAbsolutePath();
    for (var directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
      if (Files.isRegularFile(directory.resolve("local-stack/servers/cassandra/pom.xml"))) return directory;
    }
    throw new ServerFailed("not inside the repository: no local-stack/servers above " + Path.of("").toAbsolutePath());
  }

  /** The jars of a server, joined for {@code -cp}. */
  static String classPath(String server) {
    var file = servers().resolve(server).resolve("target/classpath");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ServerFailed(file + " is missing: run mvn -pl local-stack -am generate-resources", e);
    }
  }

  static Path elasticsearch() {
    var target = servers().resolve("elasticsearch/target");
    try (Stream<Path> children = Files.list(target)) {
      // After a change of version the older one is still there.
      return children
          .filter(child -> Files.isExecutable(child.resolve("bin/elasticsearch")))
          .max((a, b) -> Long.compare(a.resolve("lib").toFile().lastModified(), b.resolve("lib").toFile().lastModified()))
          .orElseThrow(() -> new IOException("no distribution in " + target));
    } catch (IOException e) {
      throw new ServerFailed(target + " holds no Elasticsearch: run mvn -pl local-stack -am generate-resources", e);
    }
  }

  /** Kept over runs and shared by the command line and all modules' tests; lost with {@code mvn clean}, which costs seconds. */
  static Path classArchives() {
    return home().resolve("local-stack/target/class-archives");
  }

  static String template(String name) {
    try (InputStream in = Artifacts.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalArgumentException("no template " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a template with each {@code @KEY@} replaced; an older file is overwritten, so that new templates reach old data. */
  static Path write(String template, Path target, Map<String, ?> values) {
    var text = template(template);
    for (var value : values.entrySet()) text = text.replace("@" + value.getKey() + "@", value.getValue().toString());
    try {
      Files.createDirectories(target.getParent());
      return Files.writeString(target, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path servers() {
    return home().resolve("local-stack/servers");
  }
}
