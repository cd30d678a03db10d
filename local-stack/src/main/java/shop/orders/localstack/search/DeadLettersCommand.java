package shop.orders.localstack.search;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;

@Command(
    name = "dead-letters",
    description = {
        "Lists the events that search could not work on and set aside, newest first, with the reason.",
        "Exit code 0 when there is none, 1 when there are some."
    },
    mixinStandardHelpOptions = true,
    subcommands = ReplayCommand.class)
final class DeadLettersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "at most so many, 1 to 1000 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var answer = OperatorApi.ofSearch().get("/operator/search/dead-letters", "limit", Integer.toString(limit));
    for (var letter : answer.path("deadLetters")) {
      out.println(letter.path("at").asString() + "  " + letter.path("origin").asString() + "  key " + letter.path("key").asString("none"));
      out.println("    " + letter.path("reason").asString());
      out.println("    " + letter.path("value").asString("without a value"));
    }
    long total = answer.path("total").asLong();
    out.println(total == 0 ? "no event is set aside" : total + " events are set aside; when their cause is gone: ./oms search dead-letters replay");
    out.flush();
    return total == 0 ? 0 : 1;
  }
}
