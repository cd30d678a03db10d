package shop.orders.localstack.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;

@Command(
    name = "retry",
    description = {
        "Indexes orders again that search knows only in part, or not at all, and says what became of each.",
        "Exit code 0 when all are whole now, 1 when some are not."
    },
    mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ArgGroup private @Nullable Which which;

  static final class Which {
    @Parameters(paramLabel = "ACCOUNT/ORDER", arity = "1..*", description = "these orders, listed or not (default: all that are listed)")
    private @Nullable List<String> orders;

    @Option(names = "--account", paramLabel = "NAME", description = "all of this account that are listed")
    private @Nullable String account;
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var search = OperatorApi.ofSearch();
    var body = new LinkedHashMap<String, Object>();
    if (which != null && which.orders != null) body.put("orders", which.orders);
    if (which != null && which.account != null) body.put("account", which.account);
    long whole = 0;
    long not = 0;
    @Nullable String from;
    do {
      var page = search.post("/operator/search/retry", Map.copyOf(body));
      for (var result : page.path("results")) {
        var outcome = result.path("outcome").asString();
        if (outcome.equals("whole")) whole++;
        else not++;
        out.println("%-10s %s  %s".formatted(outcome, result.path("order").asString(), result.path("reason").asString("")).stripTrailing());
      }
      from = page.path("next").asString(null);
      if (from != null) body.put("from", from);
    } while (from != null);
    out.println(whole + " are whole now, " + not + " are not");
    out.flush();
    return not == 0 ? 0 : 1;
  }
}
