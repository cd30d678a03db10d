package shop.orders.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LocalServerTest {
  private static final Duration LIMIT = Duration.ofMillis(400);

  @TempDir Path directory;

  @Test
  void startThatGoesOn_isWaitedFor_howeverLongItTakes() {
    try (var server = new Recovering(20, true)) {
      server.start();
      assertThat(server.process().state()).isEqualTo(ServerProcess.State.RUNNING);
      assertThat(server.asked).as("at a tenth of a second each: longer than the limit").isGreaterThan(20);
    }
  }

  @Test
  void startThatDoesNotGoOn_isGivenUp() {
    try (var server = new Recovering(20, false)) {
      assertThatThrownBy(server::start).isInstanceOf(ServerFailed.class).hasMessageContaining("came no nearer");
      assertThat(server.process().pid()).isEmpty();
    }
  }

  /** Ready when asked so many times. */
  private final class Recovering extends LocalServer {
    private final int looks;
    private final boolean goesOn;
    private int asked;

    Recovering(int looks, boolean goesOn) {
      super("recovering", directory, true);
      this.looks = looks;
      this.goesOn = goesOn;
    }

    @Override
    protected Launch launch(Path directory, boolean endsWithThisJvm) {
      return new Launch(name(), List.of("sleep", "600"), Map.of(), true, directory, log(), endsWithThisJvm, false);
    }

    @Override
    public boolean ready() {
      return ++asked > looks;
    }

    @Override
    protected long progress() {
      return goesOn ? asked : 0;
    }

    @Override
    public Duration startLimit() {
      return LIMIT;
    }
  }
}
