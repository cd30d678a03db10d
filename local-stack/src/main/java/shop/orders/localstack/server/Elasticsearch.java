package shop.orders.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Elasticsearch, a single node without security; the smallest distribution there is, so only core features. */
public final class Elasticsearch extends LocalServer {
  /**
   * Elasticsearch refuses to be root. A user without name or home is enough, and the right to go past file modes lets it work where
   * only root may look, such as a clone below {@code /root}; the last one keeps that right in access checks too, which the JDK asks
   * before it opens a file.
   */
  private static final List<String> AS_NOBODY = List.of(
      "--reuid=9200", "--regid=9200", "--clear-groups",
      "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup");

  /** The same where capabilities may not be handed on; the files must then be its own. */
  private static final List<String> AS_NOBODY_PLAINLY = List.of("--reuid=9200", "--regid=9200", "--clear-groups");

  private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Settings settings;
  private final Path distribution;

  /**
   * @param directory holds configuration, data and log; created when absent
   * @param port HTTP
   * @param transportPort between nodes; nobody else uses it, but it must be free
   * @param heapMegabytes 512 does for tests, 1024 for load
   * @param quickCompiler only the first compiler: starts sooner, with less of the machine, and runs slower, for tests
   * @param endsWithThisJvm whether it is killed when this JVM ends
   * @param yields whether it gets less of the processors than others when all want more than there is
   */
  public record Settings(
      Path directory, int port, int transportPort, int heapMegabytes, boolean quickCompiler, boolean endsWithThisJvm, boolean yields) {
    /** For a test: free ports, a small heap, gone with this JVM. */
    public static Settings forTests(Path directory) {
      return new Settings(directory, Ports.free(), Ports.free(), 512, true, true, false);
    }
  }

  /** @throws ServerFailed if the distribution was not unpacked */
  public Elasticsearch(Settings settings) {
    super("elasticsearch", settings.directory(), settings.endsWithThisJvm());
    this.settings = settings;
    this.distribution = Artifacts.elasticsearch();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + settings.port());
  }

  @Override
  protected Launch launch(Path directory, boolean endsWithThisJvm) {
    var values = Map.of("DIR", directory, "PORT", settings.port(), "TRANSPORT_PORT", settings.transportPort());
    var config = directory.resolve("config");
    Artifacts.write("elasticsearch.yml", config.resolve("elasticsearch.yml"), values);
    Artifacts.write("elasticsearch-log4j2.properties", config.resolve("log4j2.properties"), Map.of());
    for (var each : List.of("data", "logs", "tmp", "config/jvm.options.d")) create(directory.resolve(each));
    writeJvmOptions(config);

    var command = new ArrayList<String>();
    if (Tools.root()) command.addAll(asNobody(directory));
    command.add(distribution.resolve("bin/elasticsearch").toString());
    var environment = Map.of(
        "PATH", "/usr/bin:/bin",
        "LANG", "C.UTF-8",
        "HOSTNAME", "local-1",
        "ES_JAVA_HOME", Jdk.running().home().toString(),
        "ES_PATH_CONF", config.toString(),
        "ES_TMPDIR", directory.resolve("tmp").toString(),
        "CLI_JAVA_OPTS", Jdk.QUICK_COMPILER); // of the launcher, which lives for a moment
    return new Launch(name(), command, environment, true, directory, log(), endsWithThisJvm, settings.yields());
  }

  @Override
  public boolean ready() {
    return ask("/_cluster/health?wait_for_status=yellow&timeout=1s").isPresent();
  }

  /** What it has read again of that which it was killed with. */
  @Override
  protected long progress() {
    return ask("/_recovery?filter_path=*.shards.translog.recovered,*.shards.index.files.recovered")
        .map(answer -> JsonMapper.shared().readTree(answer).findValues("recovered").stream().mapToLong(JsonNode::asLong).sum())
        .orElse(0L);
  }

  /** @return empty if it answers anything but 200, or not at all */
  private Optional<String> ask(String path) {
    var request = HttpRequest.newBuilder(uri().resolve(path)).timeout(Duration.ofMillis(1500)).build();
    try {
      return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString())).filter(answer -> answer.statusCode() == 200).map(HttpResponse::body);
    } catch (IOException e) {
      return Optional.empty(); // refused or silent, which is the answer
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("interrupted while waiting for elasticsearch", e);
    }
  }

  /** Those of the distribution, without the ones that write beside it. */
  private void writeJvmOptions(Path config) {
    try (var lines = Files.lines(distribution.resolve("config/jvm.options"))) {
      var kept = lines
          .filter(line -> !line.contains("-Xlog:gc") && !line.contains("ErrorFile"))
          .collect(Collectors.joining("\n", "", "\n"));
      Files.writeString(config.resolve("jvm.options"), kept);
      var heap = settings.heapMegabytes();
      Files.writeString(
          config.resolve("jvm.options.d/heap.options"),
          "-Xms" + heap + "m\n-Xmx" + heap + "m\n-XX:-AlwaysPreTouch\n-XX:MaxDirectMemorySize=256m\n"
              + (settings.quickCompiler() ? Jdk.QUICK_COMPILER + "\n" : ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> asNobody(Path directory) {
    var prefix = new ArrayList<String>();
    prefix.add(Tools.SETPRIV.map(Path::toString).orElseThrow(() -> new ServerFailed(
        "elasticsearch refuses to run as root and there is no setpriv here to run it as somebody else: start as an ordinary user")));
    if (Tools.setprivAllows(AS_NOBODY)) {
      prefix.addAll(AS_NOBODY);
      return prefix;
    }
    var mayRead = List.of(
        prefix.get(0), "--reuid=9200", "--regid=9200", "--clear-groups",
        "test", "-r", distribution.resolve("bin/elasticsearch").toString(), "-a", "-x", directory.toString());
    if (!Tools.run(List.of("chown", "-R", "9200:9200", directory.toString())) || !Tools.run(mayRead)) {
      throw new ServerFailed(
          "elasticsearch refuses to run as root, and user id 9200 may not read " + distribution + " or enter " + directory
              + ": start as an ordinary user, or put the repository where everybody may read");
    }
    prefix.addAll(AS_NOBODY_PLAINLY);
    return prefix;
  }
}
