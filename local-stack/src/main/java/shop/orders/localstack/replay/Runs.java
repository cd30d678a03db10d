package shop.orders.localstack.replay;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What the replay commands share: connect, run, print, and the exit code. */
final class Runs {
  static final int ALL_ARRIVED = 0;
  static final int SOME_DID_NOT = 1;
  static final int COULD_NOT_START = 2;

  private Runs() {}

  static int run(CommandSpec spec, ConnectionOptions where, RunOptions how, Iterable<PlannedOrder> orders) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      var connection = where.connection();
      var options = how.options();
      out.println("run " + options.run() + ": " + connection);
      out.flush();
      var result = Replay.run(connection, orders, options, new ConsoleProgress(out, System.console() != null));
      out.print(result.report());
      out.flush();
      return result.complete() ? ALL_ARRIVED : SOME_DID_NOT;
    } catch (ConnectionOptions.NotConnected | IllegalArgumentException e) {
      err.println("replay: " + e.getMessage());
      err.flush();
      return COULD_NOT_START;
    }
  }
}
