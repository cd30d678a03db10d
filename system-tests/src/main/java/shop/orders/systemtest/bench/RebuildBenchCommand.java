package shop.orders.systemtest.bench;

import static shop.orders.systemtest.bench.BenchmarkFile.line;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.server.ServerFailed;
import shop.orders.systemtest.ToolCommand;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch.Unreachable;
import shop.orders.systemtest.rebuild.RunningRebuild;

/** {@code ./oms bench-rebuild}. Exit code 0: measured, whatever the figures say; 1: something failed on the way. */
@Command(
    name = "bench-rebuild",
    description = {
      "Measures a rebuild of the running stack's index: documents per second as a share of ready bulk requests with the same documents to the same Elasticsearch,",
      "and what of that the bare driver reaches. Load orders first (./oms load). Takes some minutes, uses all of the machine, and writes a file below docs/benchmarks."
    },
    mixinStandardHelpOptions = true)
public final class RebuildBenchCommand extends ToolCommand {
  /** The index is not searched while ready documents are sent; a rebuild does the same. */
  private static final Map<String, Object> FOR_SPEED = Map.of("refresh_interval", "-1", "number_of_replicas", "0", "auto_expand_replicas", "false");

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "rounds, each ready bulks and then a rebuild (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "rebuild", description = "added to the file's name, which is today's date (default: ${DEFAULT-VALUE})")
  private String name = "rebuild";

  @Override
  public Integer call() throws Exception {
    var home = Home.current();
    var elasticsearch = new PlainElasticsearch(Addresses.ofThisStack().elasticsearch());
    try {
      say("a rebuild that is not measured: " + RunningRebuild.begin().done());
      var ratios = new Ratios();
      var bare = new Ratios();
      var measured = new ArrayList<RunningRebuild.Done>();
      for (int round = 1; round <= rounds; round++) {
        double floor;
        try (var quiet = new Quiet(home.state().resolve("order-search-service/pid"));
            var bulks = new ReadyBulks(elasticsearch, FOR_SPEED);
            var least = new BareRebuild(Addresses.ofThisStack().cassandra(), elasticsearch, bulks)) {
          bulks.take("orders", Integer.MAX_VALUE);
          floor = bulks.send();
          bare.add(least.run(), floor);
        }
        var rebuild = RunningRebuild.begin().done();
        measured.add(rebuild);
        ratios.add(rebuild.perSecond(), floor);
        say(String.format(Locale.ROOT, "round %d: %s; %.0f ready ones per second: %.2f; by the bare driver %.0f: %.2f",
            round, rebuild, floor, ratios.ratios().get(round - 1), bare.product().get(round - 1), bare.ratios().get(round - 1)));
      }
      var report = report(Machine.inWords(home.root(), ZonedDateTime.now(ZoneOffset.UTC)), ratios, bare, measured);
      say(report);
      say("written to " + BenchmarkFile.write(home, name, report));
      return 0;
    } catch (ServerFailed | Unreachable | IllegalStateException | IOException e) {
      say("the measurement failed: " + e);
      return 1;
    }
  }

  private static String report(String machine, Ratios ratios, Ratios bare, List<RunningRebuild.Done> measured) {
    var text = new StringBuilder();
    text.append(line("# Benchmark of a rebuild")).append(line("%s", machine)).append(line(""));
    text.append(line("| Figure | Reached | Bar |")).append(line("|---|---|---|"));
    text.append(line("| documents rebuilt per second ÷ ready bulk requests with the same documents | **%.2f** | 0.8 |", Ratios.median(ratios.ratios())));
    text.append(line("| the same by the bare driver, the least a rebuild can do: one scan of the documents, sent as they are, one walk over the headers | %.2f | |", Ratios.median(bare.ratios())));
    text.append(line("| first wave done and proven, of the time of all three | **%.0f %%** | 15 %% |", Ratios.median(measured.stream().map(RunningRebuild.Done::firstPercent).toList())));
    text.append(line("")).append(line("A rebuild counts from its being asked for to its end, proofs and waiting for every instance included."));
    text.append(line("Ready requests hold a thousand documents each, two under way at a time, into indices that are neither refreshed nor copied.")).append(line(""));
    text.append(line("| Round | rebuilt per second | ready per second | ratio | bare driver per second | |")).append(line("|---|---|---|---|---|---|"));
    for (int i = 0; i < measured.size(); i++) {
      text.append(line("| %d | %.0f | %.0f | %.2f | %.0f | %s |", i + 1, ratios.product().get(i), ratios.floor().get(i), ratios.ratios().get(i), bare.product().get(i), measured.get(i)));
    }
    return text.toString();
  }
}
