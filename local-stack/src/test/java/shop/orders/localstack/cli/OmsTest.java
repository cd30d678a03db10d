package shop.orders.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said without starting anything; the build has left the servers' class paths in this repository. */
class OmsTest {
  @TempDir Path temporary;
  private Path home;

  private record Said(int exit, String out, String error) {}

  @BeforeEach
  void homeWithServersAndNothingElse() throws IOException {
    home = temporary.resolve("repository");
    Files.createDirectories(home.resolve("local-stack"));
    Files.createSymbolicLink(home.resolve("local-stack/servers"), Path.of("servers").toAbsolutePath());
    System.setProperty("oms.home", home.toString());
  }

  @AfterEach
  void forget() throws IOException {
    Files.delete(home.resolve("local-stack/servers")); // JUnit warns of links out of what it deletes
    System.clearProperty("oms.home");
  }

  @Test
  void help_namesEveryCommand() {
    assertThat(oms("--help").out())
        .contains("up", "down", "status", "logs", "stop", "start", "kill", "freeze", "thaw", "replay");
  }

  @Test
  void status_namesEveryProcess_andFailsWhenNoneRuns() {
    var said = oms("status");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains(
        "cassandra", "kafka", "elasticsearch", "order-workflow-service", "order-search-service", "partners", "front-door");
  }

  @Test
  void unknownProcess_isRefusedWithTheNamesThereAre() {
    var said = oms("kill", "zookeeper");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.error()).contains("no process is called zookeeper", "front-door");
  }

  @Test
  void killingWhatDoesNotRun_isRefused() {
    var said = oms("freeze", "kafka");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.error()).contains("kafka does not run");
  }

  @Test
  void takenPort_isNamedAndNothingIsStarted() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var said = oms("up", "--port", "elasticsearch=" + taken.getLocalPort());
      assertThat(said.exit()).isEqualTo(2);
      assertThat(said.error()).contains("nothing was started", "port " + taken.getLocalPort(), "elasticsearch", "OMS_PORT_ELASTICSEARCH");
      assertThat(home.resolve(".oms/cassandra")).doesNotExist();
    }
  }

  @Test
  void canaryTooQuick_isRefused() {
    var said = oms("up", "--canary-every", "4");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.error()).contains("--canary-every must be 0, or 5 or more: 4");
  }

  @Test
  void secrets_areRandomKeptAndTheirOwnersAlone() throws IOException {
    var first = Secrets.of(Home.current());
    assertThat(Secrets.of(Home.current())).isEqualTo(first);
    assertThat(first.operator()).hasSizeGreaterThan(40).isNotEqualTo(first.user());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(".oms/secrets.properties")))).isEqualTo("rw-------");
    Home.current().wipe();
    assertThat(Secrets.of(Home.current())).isNotEqualTo(first);
  }

  private static Said oms(String... arguments) {
    var out = new StringWriter();
    var error = new StringWriter();
    var exit = Oms.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error)).execute(arguments);
    return new Said(exit, out.toString(), error.toString());
  }
}
