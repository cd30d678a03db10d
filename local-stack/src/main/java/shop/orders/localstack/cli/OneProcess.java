package shop.orders.localstack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import shop.orders.localstack.server.RunningServer;

/** Something done to one process by name. */
abstract class OneProcess implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME",
      description = "cassandra, kafka, elasticsearch, order-workflow-service, order-search-service, partners or front-door")
  private String name;

  /** @return what happened, in words that follow the name */
  abstract String act(RunningServer process);

  @Override
  public final Integer call() throws Exception {
    var home = Home.current();
    return home.alone(() -> {
      var process = Stack.kept(home).get(name);
      var done = act(process);
      spec.commandLine().getOut().println(name + " " + done);
      return 0;
    });
  }

  static void mustRun(RunningServer process) {
    if (process.process().pid().isEmpty()) throw new Refused(process.name() + " does not run");
  }
}
