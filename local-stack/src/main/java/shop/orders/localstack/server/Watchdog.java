package shop.orders.localstack.server;

import java.io.IOException;

/**
 * Kills a process when this JVM ends, even by kill -9: a shell in a session of its own reads from a pipe only this JVM holds open,
 * and the end of the pipe is the end of the JVM.
 */
final class Watchdog {
  private Watchdog() {}

  static void over(Process process) throws IOException {
    var script = "if read -r line; then exit 0; fi; kill -s KILL -- \"$0\"";
    var target = Tools.SETSID.isPresent() ? "-" + process.pid() : Long.toString(process.pid());
    var builder = Tools.SETSID.isPresent()
        ? new ProcessBuilder(Tools.SETSID.get().toString(), "sh", "-c", script, target)
        : new ProcessBuilder("sh", "-c", script, target);
    var shell = builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    // Whoever gets the process id next must not be killed for it.
    process.onExit().thenRun(() -> {
      try (var pipe = shell.getOutputStream()) {
        pipe.write('\n');
      } catch (IOException e) {
        shell.destroyForcibly();
      }
    });
  }
}
