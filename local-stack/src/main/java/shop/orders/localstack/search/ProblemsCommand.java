package shop.orders.localstack.search;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;

@Command(
    name = "problems",
    description = {
        "Lists the orders that search knows only in part, or not at all, with the reason.",
        "Exit code 0 when there is none, 1 when there are some."
    },
    mixinStandardHelpOptions = true)
final class ProblemsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--account", paramLabel = "NAME", description = "of this account alone")
  private @Nullable String account;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var search = OperatorApi.ofSearch();
    long found = 0;
    @Nullable String from = null;
    do {
      var page = search.get("/operator/search/problems", "account", account, "from", from);
      for (var problem : page.path("problems")) {
        out.printf("%-10s %s  since %s%n", problem.path("kind").asString(), problem.path("order").asString(), problem.path("since").asString("?"));
        out.println("           " + problem.path("reason").asString());
        found++;
      }
      from = page.path("next").asString(null);
    } while (from != null);
    out.println(found == 0 ? "every order is in search as it should be" : found + " orders; when their cause is gone: ./oms search retry");
    out.flush();
    return found == 0 ? 0 : 1;
  }
}
