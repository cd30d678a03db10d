package shop.orders.localstack.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.server.RunningServer;

@Command(name = "down", description = "Stops everything. Data is kept for the next up.", mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--wipe", description = "also removes all state: data, logs, keys, kept ports")
  private boolean wipe;

  @Override
  public Integer call() throws Exception {
    var home = Home.current();
    return home.alone(() -> {
      var out = spec.commandLine().getOut();
      var stack = Stack.kept(home);
      var running = stack.running();
      if (running.isEmpty()) out.println("nothing runs");
      // Callers before the called, so that nobody complains of a neighbour that is going too.
      var servers = List.of("cassandra", "kafka", "elasticsearch");
      stop(running.stream().filter(each -> !servers.contains(each.name())).toList());
      stop(running.stream().filter(each -> servers.contains(each.name())).toList());
      stack.all().forEach(RunningServer::stop); // those killed before are then not dead but stopped
      if (wipe) home.wipe();
      out.println(wipe ? "everything is stopped, and all state removed" : "everything is stopped; data is kept in " + home.state());
      return 0;
    });
  }

  private void stop(List<RunningServer> processes) {
    processes.parallelStream().forEach(process -> {
      process.stop();
      spec.commandLine().getOut().println("  " + process.name() + " stopped");
      spec.commandLine().getOut().flush();
    });
  }
}
