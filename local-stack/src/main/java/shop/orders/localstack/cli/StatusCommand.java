package shop.orders.localstack.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import shop.orders.localstack.server.RunningServer;
import shop.orders.localstack.server.ServerProcess.State;

@Command(
    name = "status",
    description = {
      "Shows every process: state, process id, port, whether it is ready, uptime; and how each capability stands, as each of the two services tells.",
      "Exit code 0 when all are ready and up, 1 otherwise."
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var stack = Stack.kept(Home.current());
    boolean ready = print(out, stack);
    out.println();
    boolean up = StatusBoards.ask(stack.uri(PortName.ORDER_WORKFLOW_SERVICE), stack.uri(PortName.ORDER_SEARCH_SERVICE)).print(out);
    return ready && up ? 0 : 1;
  }

  private record Line(String text, boolean ready) {}

  /** @return whether all are ready */
  static boolean print(PrintWriter out, Stack stack) {
    // Each may take its whole limit to find out that nobody answers.
    var lines = stack.all().parallelStream().map(each -> line(each, stack.port(each))).toList();
    out.printf("%-24s %-8s %8s %6s  %-5s  %s%n", "process", "state", "pid", "port", "ready", "up for");
    lines.forEach(line -> out.println(line.text()));
    out.flush();
    return lines.stream().allMatch(Line::ready);
  }

  private static Line line(RunningServer server, int port) {
    var state = server.process().state();
    var ready = state == State.RUNNING && server.ready();
    var pid = server.process().pid();
    var uptime = server.process().startedAt().map(start -> words(Duration.between(start, Clock.systemUTC().instant()))).orElse("");
    return new Line(
        String.format(Locale.ROOT, "%-24s %-8s %8s %6d  %-5s  %s", server.name(), state.name().toLowerCase(Locale.ROOT),
            pid.isPresent() ? Long.toString(pid.getAsLong()) : "-", port, ready ? "yes" : "no", uptime).stripTrailing(),
        ready);
  }

  private static String words(Duration uptime) {
    if (uptime.toHours() > 0) return uptime.toHours() + " h " + uptime.toMinutesPart() + " min";
    if (uptime.toMinutes() > 0) return uptime.toMinutes() + " min " + uptime.toSecondsPart() + " s";
    return Math.max(0, uptime.toSeconds()) + " s";
  }
}
