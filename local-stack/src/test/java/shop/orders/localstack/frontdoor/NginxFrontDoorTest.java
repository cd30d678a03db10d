package shop.orders.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import shop.orders.localstack.server.Ports;

/** The very file that docker-compose.yml gives to nginx, in a real nginx of this machine. */
@EnabledIf(value = "nginxIsHere", disabledReason = NginxFrontDoorTest.WITHOUT_NGINX)
class NginxFrontDoorTest implements FrontDoorContract {
  static final String WITHOUT_NGINX = "no nginx on this machine: docker-compose.yml's front door is not tested; nginx-light is enough";
  private static final Optional<Path> NGINX = nginx();
  private static final Path TEMPLATE = Path.of("src/main/nginx/front-door.conf.template");

  /** What the image's own nginx.conf is to the file under test. Nothing is written outside the directory given by {@code -p}. */
  private static final String AROUND_IT = """
      daemon off;
      pid pid;
      worker_processes 1;
      events { worker_connections 1024; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        include front-door.conf;
      }
      """;

  @TempDir Path directory;

  static boolean nginxIsHere() {
    return NGINX.isPresent();
  }

  @Override
  public Door open(int workflowPort, int searchPort) throws Exception {
    var port = Ports.free();
    var home = Files.createDirectory(directory.resolve("nginx-" + port));
    Files.writeString(home.resolve("nginx.conf"), AROUND_IT);
    Files.writeString(home.resolve("front-door.conf"), substituted(Map.of(
        "FRONT_DOOR_LISTEN", "127.0.0.1:" + port,
        "FRONT_DOOR_WORKFLOW", "127.0.0.1:" + workflowPort,
        "FRONT_DOOR_SEARCH", "127.0.0.1:" + searchPort,
        "FRONT_DOOR_SILENCE_LIMIT", "1s",
        "FRONT_DOOR_RESOLVER", "127.0.0.1")));
    var log = home.resolve("log");
    var process = new ProcessBuilder(
            NGINX.orElseThrow().toString(), "-p", home + "/", "-c", home.resolve("nginx.conf").toString(), "-e", log.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20)).until(() -> {
      assertThat(process.isAlive()).as(() -> "nginx ended: " + read(log)).isTrue();
      return Ports.taken(port);
    });
    return new Door() {
      @Override
      public int port() {
        return port;
      }

      @Override
      public void close() throws Exception {
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("nginx ends").isTrue();
      }
    };
  }

  /** As it was sent: the services of docker-compose.yml are told to accept it. */
  @Override
  public String arrivesAs(String query, String encoded) {
    return query;
  }

  @Test
  void template_needsNothingThatIsNotGiven() {
    assertThat(substituted(Map.of("FRONT_DOOR_LISTEN", "", "FRONT_DOOR_WORKFLOW", "", "FRONT_DOOR_SEARCH", "",
        "FRONT_DOOR_SILENCE_LIMIT", "", "FRONT_DOOR_RESOLVER", ""))).doesNotContain("FRONT_DOOR_", "${");
  }

  /** What the image does with a template before it starts nginx. */
  private static String substituted(Map<String, String> values) {
    var text = read(TEMPLATE);
    for (var each : values.entrySet()) text = text.replace("${" + each.getKey() + "}", each.getValue());
    return text;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  /** Debian's nginx is in a directory that only root has on its path. */
  private static Optional<Path> nginx() {
    var directories = List.of((System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator));
    var found = directories.stream().map(each -> Path.of(each, "nginx")).filter(Files::isExecutable).findFirst();
    if (found.isEmpty()) System.out.println("[local-stack] " + WITHOUT_NGINX);
    return found;
  }
}
