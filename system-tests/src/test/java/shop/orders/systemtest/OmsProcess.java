package shop.orders.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.OmsClient;
import shop.orders.localstack.server.Ports;

/** Runs {@code ./oms} commands as a person would, on a stack whose state is below {@code target}. */
final class OmsProcess {
  private static final List<String> PORTS =
      List.of(
          "front-door", "order-workflow-service", "order-search-service", "partners", "cassandra", "cassandra-storage", "kafka", "kafka-controller",
          "elasticsearch", "elasticsearch-transport");

  private final Path root;
  private final Path state;

  OmsProcess(Path state) {
    this.root = root(Path.of("").toAbsolutePath());
    this.state = state.toAbsolutePath();
  }

  /** Starts everything, empty. @return what {@code up} printed */
  String upOnFreePorts(String... options) {
    start("down", "--wipe").exitCode(); // what a run that was cut off left
    var arguments = new ArrayList<>(List.of("up"));
    arguments.addAll(List.of(options));
    var ports = Stream.generate(Ports::free).distinct().limit(PORTS.size()).toList();
    for (int i = 0; i < PORTS.size(); i++) arguments.addAll(List.of("--port", PORTS.get(i) + "=" + ports.get(i)));
    return succeeds(arguments.toArray(String[]::new));
  }

  /** The API of what {@code up} started, with the key it made. */
  OmsClient api() {
    var left = left("demo.env");
    return api(left.getProperty("OMS_ACCOUNT"), left.getProperty("OMS_APP_KEY"), left.getProperty("OMS_APP_TOKEN"));
  }

  /** The same with the key that the services send canary orders with. */
  OmsClient canaryApi() {
    return api("canary", "vtexappkey-canary-CANARY", left("secrets.properties").getProperty("canary"));
  }

  private OmsClient api(String account, String key, String token) {
    return new OmsClient(new Connection(URI.create(left("demo.env").getProperty("OMS_URL")), account, key, token), Duration.ofSeconds(30));
  }

  private Properties left(String name) {
    var left = new Properties();
    try (var file = Files.newBufferedReader(state.resolve(name))) {
      left.load(file);
      return left;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a process listens, as {@code ./oms status} shows. */
  URI uri(String process) {
    var line = Pattern.compile("(?m)^" + process + " +\\S+ +\\S+ +(\\d+) ").matcher(start("status").output());
    if (!line.find()) throw new AssertionError("./oms status does not show " + process);
    return URI.create("http://127.0.0.1:" + line.group(1));
  }

  /** Thaws what is frozen and starts what is dead, if there is any: a test that failed in the middle is not to take the others with it. */
  void bringBack() {
    var states = Pattern.compile("(?m)^(\\S+) +(frozen|dead|stopped) ").matcher(start("status").output()).results().toList();
    states.stream().filter(state -> state.group(2).equals("frozen")).forEach(state -> succeeds("thaw", state.group(1)));
    if (states.stream().anyMatch(state -> !state.group(2).equals("frozen"))) succeeds("up");
  }

  /** Runs a command to its end. @return all it printed */
  String succeeds(String... arguments) {
    var run = start(arguments);
    var output = run.output();
    assertThat(run.exitCode()).as("./oms %s%n%s", String.join(" ", arguments), output).isZero();
    return output;
  }

  /** Begins a command. */
  Run start(String... arguments) {
    var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-Doms.home=" + root, "-cp", classPath, "shop.orders.localstack.cli.Oms"));
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(state);
      var log = Files.createTempFile(state.getParent(), arguments[0], ".out");
      var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("OMS_STATE", state.toString());
      return new Run(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One command under way. */
  record Run(Process process, Path log) {
    /** Waits for its end, ten minutes at most. */
    int exitCode() {
      try {
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("./oms ended").isTrue();
        return process.exitValue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    /** What it printed, once it has ended. */
    String output() {
      exitCode();
      return printedSoFar();
    }

    String printedSoFar() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path root(Path from) {
    for (var directory = from; directory != null; directory = directory.getParent()) if (Files.exists(directory.resolve("oms"))) return directory;
    throw new IllegalStateException("no ./oms above " + from);
  }
}
