package shop.orders.localstack.search;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;
import shop.orders.localstack.server.ServerFailed;
import tools.jackson.databind.JsonNode;

@Command(
    name = "check",
    description = {
        "Compares what search holds with the store, by sums per account and day, and says what differs and why.",
        "Exit code 0 when nothing differs (any more), 1 when something does, or it could not be found out."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration SAY_EVERY = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(names = "--account", paramLabel = "NAME", description = "of this account alone")
  private @Nullable String account;

  @Option(names = "--from", paramLabel = "DAY", description = "orders created that day (UTC) or later")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "orders created that day or earlier")
  private @Nullable LocalDate to;

  @Option(names = "--deep", description = "read every document back, so that changed content shows too")
  private boolean deep;

  @Option(names = "--repair", description = "put right what differs")
  private boolean repair;

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    var search = OperatorApi.ofSearch();
    var body = new LinkedHashMap<String, Object>();
    if (account != null) body.put("account", account);
    if (from != null) body.put("from", from.toString());
    if (to != null) body.put("to", to.toString());
    body.put("deep", deep);
    body.put("repair", repair);
    var check = search.post("/operator/search/checks", body);
    var id = check.path("id").asString();
    var said = System.nanoTime();
    while (check.path("state").asString().equals("running")) {
      Thread.sleep(LOOK_EVERY.toMillis());
      check = search.get("/operator/search/checks/current");
      if (!check.path("id").asString().equals(id)) throw new ServerFailed("the search service has begun another check; this one's outcome is not known");
      if (System.nanoTime() - said > SAY_EVERY.toNanos()) {
        out.println("so far: " + compared(check));
        out.flush();
        said = System.nanoTime();
      }
    }
    if (!check.path("state").asString().equals("done")) {
      throw new ServerFailed("the check failed after " + compared(check) + ": " + check.path("reason").asString("no reason said"));
    }
    outcome(check, repair).forEach(out::println);
    out.flush();
    return check.path("clean").asBoolean(false) ? 0 : 1;
  }

  /** What is said of a check that is done. */
  static List<String> outcome(JsonNode check, boolean repair) {
    var lines = new ArrayList<String>();
    lines.add(compared(check));
    for (var found : check.path("found").properties()) {
      var left = check.path("left").path(found.getKey()).asLong(0);
      lines.add("%-10s %d%s".formatted(found.getKey(), found.getValue().asLong(), repair ? ", still " + left : ""));
    }
    // Repairing one fault can leave another behind for a while.
    for (var left : check.path("left").properties()) {
      if (repair && !check.path("found").has(left.getKey())) lines.add("%-10s still %d".formatted(left.getKey(), left.getValue().asLong()));
    }
    for (var example : check.path("examples")) lines.add("  " + example.asString());
    boolean clean = check.path("clean").asBoolean(false);
    if (!clean && !check.path("complete").asBoolean(true)) {
      var which = check.path("completeSince").isString() ? "orders created before " + check.path("completeSince").asString() : "orders";
      lines.add(which + " were still being indexed when this began, and may be there by now: check again");
    }
    lines.add(clean ? "search holds what the store holds" : repair ? "some still differ; what was deleted to be made again is back in a minute or two" : "to put it right: --repair");
    return lines;
  }

  private static String compared(JsonNode check) {
    return check.path("orders").asLong(0) + " orders on " + check.path("days").asLong(0) + " days of accounts compared";
  }
}
