package shop.orders.localstack.search;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;
import shop.orders.localstack.console.LiveLine;
import shop.orders.localstack.server.ServerFailed;
import tools.jackson.databind.JsonNode;

@Command(
    name = "rebuild",
    description = {
        "Builds the index anew from the store, newest first: what changed in the last 7 days, the last 365 days, everything. Lists are answered from the old one",
        "until the first wave is proven. With --account or --since documents are written anew where they are. Goes on by itself if this command is broken off.",
        "Exit code 0 when it is done, 1 when it was canceled or waits for somebody."
    },
    mixinStandardHelpOptions = true,
    subcommands = {RebuildChange.Status.class, RebuildChange.Pause.class, RebuildChange.Resume.class, RebuildChange.Cancel.class})
final class RebuildCommand implements Callable<Integer> {
  static final String REBUILDS = "/operator/search/rebuilds";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;

  @Option(names = "--account", paramLabel = "NAME", description = "of this account alone, in place")
  private @Nullable String account;

  @Option(names = "--since", paramLabel = "DAY", description = "orders created that day (UTC) or later, in place")
  private @Nullable LocalDate since;

  @Option(names = "--strict", description = "wait before the switch if lists asked lately would be answered differently")
  private boolean strict;

  @Option(names = "--no-wait", description = "begin, and do not watch")
  private boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    var search = OperatorApi.ofSearch();
    var body = new LinkedHashMap<String, Object>();
    if (account != null) body.put("account", account);
    if (since != null) body.put("since", since.toString());
    body.put("strict", strict);
    var begun = search.post(REBUILDS, body);
    var out = spec.commandLine().getOut();
    out.println("rebuild " + begun.path("id").asString() + " has begun; Ctrl-C stops watching only, ./oms search rebuild pause, resume, cancel, status");
    out.flush();
    if (noWait) return 0;
    var live = new LiveLine(out, System.console() != null);
    long began = System.nanoTime();
    var now = begun;
    while (now.path("status").asString().equals("running")) {
      live.show(line(now), Duration.ofNanos(System.nanoTime() - began));
      Thread.sleep(LOOK_EVERY.toMillis());
      try {
        now = search.get(REBUILDS + "/current");
      } catch (ServerFailed e) {
        // The rebuild outlives the service that is asked for it.
        live.show("the search service does not answer; the rebuild goes on when it does", Duration.ofNanos(System.nanoTime() - began));
      }
      if (!now.path("id").equals(begun.path("id"))) throw new IllegalStateException("another rebuild has begun: " + now.path("id").asString());
    }
    live.over();
    RebuildChange.show(out, now);
    return now.path("status").asString().equals("done") ? 0 : 1;
  }

  /** Of the wave under way: a bar, how far, how fast, how long still. */
  static String line(JsonNode rebuild) {
    var waves = rebuild.path("waves");
    if (waves.isEmpty()) return "waiting until every instance knows of it";
    var wave = waves.get(waves.size() - 1);
    int full = (int) (wave.path("part").asDouble() * 24);
    var text = String.format(Locale.ROOT, "wave %d of %d [%s%s] %,d orders, %.0f per second", wave.path("wave").asInt(), rebuild.path("waveCount").asInt(),
        "#".repeat(full), "-".repeat(24 - full), wave.path("orders").asLong(), wave.path("perSecond").asDouble());
    if (rebuild.path("proving").asBoolean()) text += ", being proven";
    else if (wave.hasNonNull("secondsLeft")) text += ", " + wave.path("secondsLeft").asLong() + " s left";
    double share = rebuild.path("throttle").path("share").asDouble(1);
    if (share < 1) text += String.format(Locale.ROOT, ", held back to %.0f %% for the workflow", 100 * share);
    return text;
  }
}
