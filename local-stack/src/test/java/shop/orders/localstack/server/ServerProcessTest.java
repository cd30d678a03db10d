package shop.orders.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  @TempDir Path directory;

  @Test
  void process_isKnownToWhoeverReadsItsFile() {
    var mine = started();
    var others = new ServerProcess(directory.resolve("pid"));
    assertThat(others.pid()).isEqualTo(mine.pid());
    assertThat(others.state()).isEqualTo(ServerProcess.State.RUNNING);
    others.freeze();
    assertThat(mine.state()).isEqualTo(ServerProcess.State.FROZEN);
    others.stop();
    assertThat(mine.state()).isEqualTo(ServerProcess.State.STOPPED);
    assertThat(mine.pid()).isEmpty();
  }

  @Test
  void killed_isDeadAndMayBeStartedAgain() {
    var process = started();
    process.kill();
    assertThat(process.state()).isEqualTo(ServerProcess.State.DEAD);
    process.start(sleep());
    assertThat(process.state()).isEqualTo(ServerProcess.State.RUNNING);
    process.stop();
  }

  @Test
  void startedTwice_isRefused() {
    var process = started();
    assertThatThrownBy(() -> process.start(sleep())).isInstanceOf(IllegalStateException.class);
    process.kill();
  }

  @Test
  void reusedId_isNotTouched() throws Exception {
    var stranger = new ProcessBuilder("sleep", "600").start();
    Files.writeString(directory.resolve("pid"), stranger.pid() + " " + Instant.parse("2020-01-01T00:00:00Z"));
    var process = new ServerProcess(directory.resolve("pid"));
    assertThat(process.state()).isEqualTo(ServerProcess.State.DEAD);
    process.kill();
    process.stop();
    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneThatYields_isNicerThanTheOthers_whereverTheSystemLooksForThat() throws Exception {
    var process = new ServerProcess(directory.resolve("pid"));
    process.start(sleep(true));
    var pid = process.pid().orElseThrow();
    await().until(() -> stat(pid).startsWith(pid + " (sleep) "));
    assertThat(nice(pid)).isEqualTo(Math.min(19, nice(ProcessHandle.current().pid()) + 5));
    var group = Path.of("/proc/" + pid + "/autogroup");
    if (Files.exists(group)) assertThat(Files.readString(group)).endsWith("nice 5\n");
    process.kill();
  }

  private static int nice(long pid) throws IOException {
    return Integer.parseInt(stat(pid).split(" ")[18]);
  }

  private static String stat(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/stat"));
  }

  private ServerProcess started() {
    var process = new ServerProcess(directory.resolve("pid"));
    process.start(sleep());
    return process;
  }

  private Launch sleep() {
    return sleep(false);
  }

  private Launch sleep(boolean yields) {
    return new Launch("sleep", List.of("sleep", "600"), Map.of(), false, directory, directory.resolve("log"), true, yields);
  }
}
