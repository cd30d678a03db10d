package shop.orders.localstack.search;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;

@Command(
    name = "swap-back",
    description = "Answers lists from the index before the last rebuild again, for as long as that is kept; once more, and it is the other way round.",
    mixinStandardHelpOptions = true)
final class SwapBackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var now = OperatorApi.ofSearch().post("/operator/search/swap-back", Map.of());
    var out = spec.commandLine().getOut();
    out.println("lists are answered from generation " + now.path("read").asInt() + "; generation " + now.path("previous").asInt() + " is kept until " + now.path("until").asString());
    out.flush();
    return 0;
  }
}
