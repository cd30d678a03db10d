package shop.orders.localstack.cli;

import picocli.CommandLine.Command;
import shop.orders.localstack.server.RunningServer;

@Command(name = "kill", description = "kill -9: nothing is flushed, nobody is told.", mixinStandardHelpOptions = true)
final class KillCommand extends OneProcess {
  @Override
  String act(RunningServer process) {
    mustRun(process);
    process.kill();
    return "killed";
  }
}
