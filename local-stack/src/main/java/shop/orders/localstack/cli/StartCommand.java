package shop.orders.localstack.cli;

import picocli.CommandLine.Command;
import shop.orders.localstack.server.RunningServer;

@Command(name = "start", description = "Starts a process with the data and ports it had, and waits until it is ready.", mixinStandardHelpOptions = true)
final class StartCommand extends OneProcess {
  @Override
  String act(RunningServer process) {
    if (process.process().pid().isPresent()) return "runs already";
    process.start();
    return "runs, process " + process.process().pid().getAsLong();
  }
}
