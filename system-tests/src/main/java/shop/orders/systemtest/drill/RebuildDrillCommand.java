package shop.orders.systemtest.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.OperatorApi;
import shop.orders.localstack.server.ServerFailed;
import shop.orders.systemtest.ToolCommand;
import shop.orders.systemtest.rebuild.RunningRebuild;

/** {@code ./oms drill-rebuild}. Exit code 0: it ended, checks clean, and little was done twice; 1: not; 2: it could not start. */
@Command(
    name = "drill-rebuild",
    description = {
      "Kills the search service and Elasticsearch by turns (kill -9) at random moments of a rebuild of the running stack's index, and starts them again:",
      "it has to end by itself, to check clean, and to do little of the work twice. Load orders first (./oms load), so that it lasts.",
      "If it ends before all kills another one begins. A rebuild that is left alone comes first: what others write beyond what it wrote was written twice."
    },
    mixinStandardHelpOptions = true)
public final class RebuildDrillCommand extends ToolCommand {
  private static final String SEARCH = "order-search-service";
  private static final int LONGEST_DOWN_SECONDS = 10;
  private static final double BAR = 0.1;

  @Option(names = "--kills", paramLabel = "N", defaultValue = "10", description = "half of them of the search service (default: ${DEFAULT-VALUE})")
  private int kills;

  @Option(names = "--between", paramLabel = "SECONDS", defaultValue = "20", description = "from one being up again to the next kill, on average (default: ${DEFAULT-VALUE})")
  private int between;

  @Option(names = "--seed", paramLabel = "N", description = "the same number, the same moments (default: any)")
  private long seed = System.nanoTime() % 1_000_000;

  /** Orders that the search service says it rebuilt, over all its lives. */
  private double written;

  /** What of it the present life had said before. */
  private double before;

  @Override
  public Integer call() throws InterruptedException {
    var random = new Random(seed);
    say("moments of seed " + seed);
    try {
      var alone = RunningRebuild.begin().done();
      say("left alone: " + alone);
      before = rebuilt();
      var victims = victims(random);
      long orders = 0;
      long counted = 0;
      while (!victims.isEmpty()) {
        var done = rebuild(victims, random);
        orders += alone.orders();
        counted += done.redone();
      }
      count();
      double twice = Math.max(0, written - orders) + counted;
      double redone = twice / orders;
      say(String.format(Locale.ROOT, "%,d orders of all rebuilds, %,.0f rebuilt once more: %.1f %% of the work", orders, twice, 100 * redone));
      boolean clean = run("search", "check") == 0;
      say(clean ? "what search holds is what the store holds" : "SEARCH DOES NOT HOLD WHAT THE STORE HOLDS");
      return clean && redone < BAR ? 0 : 1;
    } catch (ServerFailed | IllegalStateException e) {
      say("drill-rebuild: " + e.getMessage());
      return 2;
    }
  }

  private List<String> victims(Random random) {
    var victims = new ArrayList<>(IntStream.range(0, kills).mapToObj(i -> i % 2 == 0 ? SEARCH : "elasticsearch").toList());
    Collections.shuffle(victims, random);
    return victims;
  }

  /** One whole rebuild, with as many kills as there is time for. */
  private RunningRebuild.Done rebuild(List<String> victims, Random random) throws InterruptedException {
    var rebuild = RunningRebuild.begin();
    while (!victims.isEmpty() && !rebuild.ends(Duration.ofMillis(1 + random.nextInt(2_000 * between)))) {
      kill(victims.remove(victims.size() - 1), rebuild, 1 + random.nextInt(LONGEST_DOWN_SECONDS));
    }
    var done = rebuild.done();
    say(done + (victims.isEmpty() ? "" : "; kills to come: " + victims.size()));
    return done;
  }

  private void kill(String victim, RunningRebuild rebuild, int downSeconds) throws InterruptedException {
    say("kill " + victim + " at " + rebuild.where());
    if (victim.equals(SEARCH)) {
      count();
      before = 0; // its next life counts anew
    }
    oms("kill", victim);
    TimeUnit.SECONDS.sleep(downSeconds);
    oms("start", victim);
  }

  private void count() {
    written += rebuilt() - before;
  }

  /** Since the service was started, whether that was written down or not; live traffic is not among them. */
  private static double rebuilt() {
    var meter = OperatorApi.ofSearch().get("/actuator/metrics/orders.search.rebuild.orders");
    return meter.path("measurements").path(0).path("value").asDouble();
  }
}
