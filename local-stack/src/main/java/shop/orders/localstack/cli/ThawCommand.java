package shop.orders.localstack.cli;

import picocli.CommandLine.Command;
import shop.orders.localstack.server.RunningServer;

@Command(name = "thaw", description = "SIGCONT after freeze.", mixinStandardHelpOptions = true)
final class ThawCommand extends OneProcess {
  @Override
  String act(RunningServer process) {
    mustRun(process);
    process.thaw();
    return "thawed";
  }
}
