package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FlowTest {
  private static final Path PAGE = Path.of("..", "docs", "workflow.md");

  @ParameterizedTest
  @EnumSource
  void everyStatus_hasAnExitADeadlineAndAnOwner_andEveryRowSomethingThatTriggersIt(Flow flow) {
    assertThat(FlowWalk.faults(flow, flow.transitions())).isEmpty();
  }

  /** Each status that has one exit only, without it. */
  @ParameterizedTest
  @MethodSource("onlyExits")
  void anExitTakenOut_isFound(Flow flow, Transition exit) {
    var without = flow.transitions().stream().filter(row -> !row.equals(exit)).toList();
    assertThat(FlowWalk.faults(flow, without)).anyMatch(fault -> fault.startsWith(flow + ": " + exit.from()));
  }

  static Stream<Object[]> onlyExits() {
    return Stream.of(Flow.values())
        .flatMap(flow -> flow.transitions().stream().filter(row -> flow.exits(row.from()).size() == 1).map(row -> new Object[] {flow, row}));
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusOfThePublicApi_isInSomeFlow(OrderStatus status) {
    assertThat(Flow.values()).anyMatch(flow -> flow.statuses().contains(status));
  }

  /** With {@code -Ddraw} it is drawn anew. */
  @Test
  void page_isWhatTheTablesSay() throws IOException {
    if (System.getProperty("draw") != null) Files.writeString(PAGE, FlowPicture.page());
    assertThat(Files.readString(PAGE)).as("docs/workflow.md; draw it anew with -Ddraw").isEqualTo(FlowPicture.page());
  }
}
