package shop.orders.localstack.search;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;

@Command(
    name = "replay",
    description = {
        "Works on the events again that were set aside, and indexes the orders they name.",
        "Exit code 0 when all could be, 1 when some stay."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--origin", paramLabel = "TOPIC-PARTITION@OFFSET", description = "this one alone (default: all)")
  private @Nullable String origin;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var answer = OperatorApi.ofSearch().post("/operator/search/dead-letters/replay", origin == null ? Map.of() : Map.of("origin", origin));
    var failed = answer.path("failed");
    for (var each : failed) out.println("stays      " + each.path("origin").asString() + "  " + each.path("reason").asString());
    out.println(answer.path("replayed").asInt() + " are done now, " + failed.size() + " stay");
    out.flush();
    return failed.isEmpty() ? 0 : 1;
  }
}
