package shop.orders.localstack.cli;

import picocli.CommandLine.Command;
import shop.orders.localstack.server.RunningServer;

@Command(name = "stop", description = "Asks a process to end and waits until it has.", mixinStandardHelpOptions = true)
final class StopCommand extends OneProcess {
  @Override
  String act(RunningServer process) {
    if (process.process().pid().isEmpty()) return "does not run";
    process.stop();
    return "stopped";
  }
}
