package shop.orders.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  @Test
  void auto_takesContainersWhereAnEngineAnswers_elseProcesses() {
    assertThat(Choice.of("auto", () -> true)).hasToString("servers for tests: Testcontainers, as a Docker engine answers");
    assertThat(Choice.of("auto", () -> false))
        .hasToString("servers for tests: local-stack, processes from Maven artifacts, as no Docker engine answers");
  }

  @Test
  void localStack_isTakenWithoutLookingForAnEngine() {
    var choice = Choice.of("local-stack", () -> {
      throw new AssertionError("looked for an engine");
    });
    assertThat(choice.kind()).isEqualTo(Choice.Kind.LOCAL_STACK);
  }

  @Test
  void testcontainers_neverFallsBack() {
    assertThat(Choice.of("testcontainers", () -> true).kind()).isEqualTo(Choice.Kind.TESTCONTAINERS);
    assertThatThrownBy(() -> Choice.of("testcontainers", () -> false)).hasMessage(
        "testcontainers was asked for by test.servers or TEST_SERVERS, but no Docker engine answers here: start one, or ask for auto");
  }

  @Test
  void unknownWord_isRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Choice.of("docker", () -> true)).hasMessage("test.servers must be auto, testcontainers or local-stack: docker");
  }

  @Test
  void property_winsOverVariable_andBlankIsNotSaid() {
    var properties = new Properties();
    assertThat(Choice.wanted(properties, Map.of())).isEqualTo("auto");
    properties.setProperty(Choice.PROPERTY, "");
    assertThat(Choice.wanted(properties, Map.of(Choice.VARIABLE, " local-stack "))).isEqualTo("local-stack");
    properties.setProperty(Choice.PROPERTY, "testcontainers");
    assertThat(Choice.wanted(properties, Map.of(Choice.VARIABLE, "local-stack"))).isEqualTo("testcontainers");
  }
}
