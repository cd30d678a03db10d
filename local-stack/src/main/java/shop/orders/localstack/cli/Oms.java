package shop.orders.localstack.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import shop.orders.localstack.server.ServerFailed;

/** The command {@code ./oms}. Further commands join it by being an {@link OmsCommand}. */
@Command(
    name = "oms",
    description = "Runs the order system on this machine, and what there is to try with it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "oms 0.1.0-SNAPSHOT",
    subcommands = {
      UpCommand.class, DownCommand.class, StatusCommand.class, LogsCommand.class, StopCommand.class, StartCommand.class,
      KillCommand.class, FreezeCommand.class, ThawCommand.class, HelpCommand.class
    })
public final class Oms {
  private Oms() {}

  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Oms());
    ServiceLoader.load(OmsCommand.class).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    var unexpected = line.getExecutionExceptionHandler();
    return line.setExecutionExceptionHandler(sayingWhatIsWrong(unexpected));
  }

  /** What a person can do something about is said in words; the rest is a bug and shows where it happened. */
  private static IExecutionExceptionHandler sayingWhatIsWrong(IExecutionExceptionHandler unexpected) {
    return (exception, line, result) -> {
      if (exception instanceof ServerFailed || exception instanceof Refused) {
        line.getErr().println("oms: " + exception.getMessage());
        line.getErr().flush();
        return exception instanceof Refused ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
      }
      return unexpected.handleExecutionException(exception, line, result);
    };
  }
}
