package shop.orders.localstack.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An installed Java.
 *
 * @param home what {@code JAVA_HOME} would be
 * @param version as in its {@code release} file, such as {@code 17.0.15}
 */
public record Jdk(Path home, String version) {
  /** The option for the first compiler alone: starts sooner, with less of the machine, and runs slower. */
  public static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  /** Where distributions, package managers and people put JDKs. */
  private static final Path[] FOLDERS = {
    Path.of("/usr/lib/jvm"),
    Path.of("/usr/java"),
    Path.of("/opt/java"),
    Path.of("/Library/Java/JavaVirtualMachines"),
    Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
    Path.of(System.getProperty("user.home"), ".jdks")
  };

  public static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
  }

  /**
   * Cassandra 5 runs on 17 only: it sets a security policy, which later versions refuse.
   *
   * @throws ServerFailed if there is none
   */
  public static Jdk seventeen() {
    return Stream.of(named("OMS_JAVA17"), Stream.of(running()), named("JAVA_HOME"), installed())
        .flatMap(jdks -> jdks)
        .filter(jdk -> jdk.feature() == 17)
        .findFirst()
        .orElseThrow(() -> new ServerFailed(
            "Cassandra needs a JDK 17, and none was found in OMS_JAVA17, JAVA_HOME or /usr/lib/jvm. "
                + "Install one, or set OMS_JAVA17 to its home directory. This Java is " + System.getProperty("java.version")));
  }

  public Path java() {
    return home.resolve("bin/java");
  }

  private int feature() {
    return Integer.parseInt(version.split("[^0-9]")[0]);
  }

  private static Stream<Jdk> named(String variable) {
    return Optional.ofNullable(System.getenv(variable)).map(Path::of).flatMap(Jdk::at).stream();
  }

  private static Stream<Jdk> installed() {
    return Stream.of(FOLDERS).filter(Files::isDirectory).flatMap(folder -> {
      try (var homes = Files.list(folder)) {
        return homes.sorted().toList().stream().flatMap(home -> Stream.of(home, home.resolve("Contents/Home"))).flatMap(home -> at(home).stream());
      } catch (IOException e) {
        return Stream.empty(); // a folder that may not be read holds no JDK for us
      }
    });
  }

  private static Optional<Jdk> at(Path home) {
    if (!Files.isExecutable(home.resolve("bin/java"))) return Optional.empty();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      var release = new Properties();
      release.load(in);
      return Optional.ofNullable(release.getProperty("JAVA_VERSION")).map(version -> new Jdk(home, version.replace("\"", "")));
    } catch (IOException e) {
      return Optional.empty(); // no release file: not a JDK
    }
  }
}
