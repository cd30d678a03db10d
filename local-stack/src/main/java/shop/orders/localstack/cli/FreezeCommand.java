package shop.orders.localstack.cli;

import picocli.CommandLine.Command;
import shop.orders.localstack.server.RunningServer;

@Command(name = "freeze", description = "SIGSTOP: connections stay open, nothing answers.", mixinStandardHelpOptions = true)
final class FreezeCommand extends OneProcess {
  @Override
  String act(RunningServer process) {
    mustRun(process);
    process.freeze();
    return "frozen";
  }
}
