package shop.orders.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switch as a test run meets it: in a JVM of its own, with its own environment. What an engine would run is not run here. */
class SwitchTest {
  private static final Map<String, String> NO_ENGINE = Map.of("DOCKER_HOST", "tcp://127.0.0.1:1");

  @TempDir Path home;

  @Test
  void autoWithoutEngine_isLocalStack_andSaysSoInOneLine() throws Exception {
    assumeNoEngine();
    assertThat(asked("choice", "", NO_ENGINE)).containsExactly(
        "servers for tests: local-stack, processes from Maven artifacts, as no Docker engine answers");
  }

  @Test
  void testcontainersWithoutEngine_isRefusedInOneSentence() throws Exception {
    assumeNoEngine();
    var refused = "refused: testcontainers was asked for by test.servers or TEST_SERVERS, but no Docker engine answers here: start one, or ask for auto";
    assertThat(asked("servers", "testcontainers", NO_ENGINE)).as("one for each server asked for").containsExactly(refused, refused, refused);
  }

  @Test
  void autoWithEngine_isTestcontainers() throws Exception {
    try (var engine = new FakeEngine()) {
      assertThat(asked("choice", "", Map.of("DOCKER_HOST", engine.host()))).containsExactly(
          "servers for tests: Testcontainers, as a Docker engine answers");
    }
  }

  @Test
  void containers_areOfThePinnedImages_andNoneThatFailsIsReplacedByAProcess() throws Exception {
    try (var engine = new FakeEngine()) {
      var said = asked("servers", "testcontainers", Map.of("DOCKER_HOST", engine.host()));
      assertThat(said).filteredOn(line -> line.startsWith("refused: ")).hasSize(3);
      assertThat(said).filteredOn(line -> line.startsWith("[test-servers]")).as("what was taken is said once")
          .containsExactly("[test-servers] servers for tests: Testcontainers, as it was asked for");
      for (var image : List.of(Images.CASSANDRA, Images.KAFKA, Images.ELASTICSEARCH)) {
        var parts = image.split(":");
        assertThat(engine.asked()).anyMatch(call -> call.startsWith("POST /images/create?")
            && call.contains("fromImage=" + parts[0]) && call.contains("tag=" + parts[1]));
      }
    }
  }

  @Test
  void localStackWithEngine_isLocalStack() throws Exception {
    try (var engine = new FakeEngine()) {
      var environment = Map.of("DOCKER_HOST", engine.host());
      assertThat(asked("choice", "local-stack", environment)).containsExactly(
          "servers for tests: local-stack, processes from Maven artifacts, as it was asked for");
      assertThat(engine.asked()).isEmpty();
    }
  }

  private static void assumeNoEngine() {
    assumeFalse(Files.exists(Path.of("/var/run/docker.sock")), "an engine is here, and Testcontainers finds it whatever DOCKER_HOST says");
  }

  /** What the JVM says, line by line. */
  private List<String> asked(String what, String wanted, Map<String, String> environment) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var builder = new ProcessBuilder(
        java, "-XX:TieredStopAtLevel=1", "-Duser.home=" + home, "-Dtest.servers=" + wanted, "-cp", System.getProperty("java.class.path"),
        Asked.class.getName(), what);
    builder.environment().keySet().removeIf(name -> name.startsWith("DOCKER") || name.startsWith("TESTCONTAINERS") || name.equals("TEST_SERVERS"));
    builder.environment().putAll(environment);
    // Its helper container is the first thing Testcontainers would run.
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    var process = builder.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Stream.of(said.split("\n")).filter(line -> !line.isBlank()).toList();
  }
}
