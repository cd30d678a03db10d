package shop.orders.localstack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Shows the end of a process's log.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "as in status")
  private String name;

  @Option(names = {"-f", "--follow"}, description = "goes on with what is written from now on, until interrupted")
  private boolean follow;

  @Option(names = {"-n", "--lines"}, paramLabel = "N", defaultValue = "200", description = "how many lines (default: ${DEFAULT-VALUE})")
  private int lines;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var log = Stack.kept(Home.current()).get(name).log();
    if (!Files.exists(log)) throw new Refused(name + " has never been started: no " + log);
    var command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
    if (follow) command.add("-f");
    command.add(log.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
