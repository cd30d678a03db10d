package shop.orders.systemtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.cli.OmsCommand;
import shop.orders.localstack.cli.OperatorApi;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch.Unreachable;
import tools.jackson.databind.JsonNode;

/** {@code ./oms bench-rebuild}. Exit code 0: measured, whatever the figures say; 1: something failed on the way. */
@Command(
    name = "bench-rebuild",
    description = {
      "Measures a rebuild of the running stack's index: documents per second as a share of ready bulk requests with the same documents to the same Elasticsearch.",
      "Load orders first (./oms load). Takes some minutes, uses all of the machine, and writes a file below docs/benchmarks."
    },
    mixinStandardHelpOptions = true)
public final class RebuildBenchCommand implements OmsCommand, Callable<Integer> {
  private static final Duration LIMIT = Duration.ofHours(2);

  /** The index is not searched while ready documents are sent; a rebuild does the same. */
  private static final Map<String, Object> FOR_SPEED = Map.of("refresh_interval", "-1", "number_of_replicas", "0", "auto_expand_replicas", "false");

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "rounds, each ready bulks and then a rebuild (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "rebuild", description = "added to the file's name, which is today's date (default: ${DEFAULT-VALUE})")
  private String name = "rebuild";

  @Spec private @Nullable CommandSpec spec;

  /** @param first until the first wave was proven */
  private record Measured(long orders, Duration all, Duration first, List<String> waves) {
    double perSecond() {
      return orders / (all.toMillis() / 1e3);
    }
  }

  @Override
  public Integer call() throws Exception {
    var home = Home.current();
    var elasticsearch = new PlainElasticsearch(Addresses.ofThisStack().elasticsearch());
    try {
      say("a rebuild that is not measured: " + inWords(rebuild()));
      var ratios = new Ratios();
      var measured = new ArrayList<Measured>();
      for (int round = 1; round <= rounds; round++) {
        double floor;
        try (var quiet = new Quiet(home.state().resolve("order-search-service/pid"));
            var bulks = new ReadyBulks(elasticsearch, FOR_SPEED)) {
          bulks.take("orders", Integer.MAX_VALUE);
          floor = bulks.send();
        }
        var rebuild = rebuild();
        measured.add(rebuild);
        ratios.add(rebuild.perSecond(), floor);
        say(String.format(Locale.ROOT, "round %d: %s; %.0f ready ones per second: %.2f", round, inWords(rebuild), floor, rebuild.perSecond() / floor));
      }
      var report = report(Machine.inWords(home.root(), ZonedDateTime.now(ZoneOffset.UTC)), ratios, measured);
      var file = home.root().resolve("docs/benchmarks").resolve(LocalDate.now(ZoneOffset.UTC) + "-" + name + ".md");
      Files.writeString(file, report);
      say(report);
      say("written to " + file);
      return 0;
    } catch (Unreachable | IllegalStateException | IOException e) {
      say("the measurement failed: " + e);
      return 1;
    }
  }

  private static Measured rebuild() throws InterruptedException {
    var service = OperatorApi.ofSearch();
    var id = service.post("/operator/search/rebuilds", Map.of()).path("id").asString();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      var now = service.get("/operator/search/rebuilds/current");
      if (!now.path("id").asString().equals(id)) throw new IllegalStateException("another rebuild began: " + now);
      if (now.path("status").asString().equals("done")) return measured(now);
      if (!now.path("status").asString().equals("running")) throw new IllegalStateException("the rebuild does not go on: " + now);
      if (System.nanoTime() > deadline) throw new IllegalStateException("not rebuilt within " + LIMIT.toMinutes() + " minutes: " + now);
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static Measured measured(JsonNode rebuild) {
    long orders = 0;
    var waves = new ArrayList<String>();
    for (var wave : rebuild.path("waves")) {
      orders += wave.path("orders").asLong();
      waves.add(String.format(Locale.ROOT, "%,d orders of wave %d in %.0f s", wave.path("orders").asLong(), wave.path("wave").asInt(), between(wave, "beganAt", wave, "endedAt").toMillis() / 1e3));
    }
    return new Measured(orders, between(rebuild, "beganAt", rebuild, "endedAt"), between(rebuild, "beganAt", rebuild.path("waves").path(0), "endedAt"), waves);
  }

  private static Duration between(JsonNode from, String begin, JsonNode to, String end) {
    return Duration.between(Instant.parse(from.path(begin).asString()), Instant.parse(to.path(end).asString()));
  }

  private static String inWords(Measured rebuild) {
    return String.format(Locale.ROOT, "%,d orders in %.0f s, proofs included: %.0f per second, the first wave done after %.0f %% of that; %s",
        rebuild.orders(), rebuild.all().toMillis() / 1e3, rebuild.perSecond(), firstWave(rebuild), String.join(", ", rebuild.waves()));
  }

  private static double firstWave(Measured rebuild) {
    return 100.0 * rebuild.first().toMillis() / rebuild.all().toMillis();
  }

  private static String report(String machine, Ratios ratios, List<Measured> measured) {
    var text = new StringBuilder();
    text.append(line("# Benchmark of a rebuild")).append(line("%s", machine)).append(line(""));
    text.append(line("| Figure | Reached | Bar |")).append(line("|---|---|---|"));
    text.append(line("| documents rebuilt per second ÷ ready bulk requests with the same documents | **%.2f** | 0.8 |", Ratios.median(ratios.ratios())));
    text.append(line("| first wave done and proven, of the time of all three | **%.0f %%** | 15 %% |", Ratios.median(measured.stream().map(RebuildBenchCommand::firstWave).toList())));
    text.append(line("")).append(line("A rebuild counts from its being asked for to its end, proofs and waiting for every instance included."));
    text.append(line("Ready requests hold a thousand documents each, two under way at a time, into indices that are neither refreshed nor copied.")).append(line(""));
    text.append(line("| Round | rebuilt per second | ready per second | ratio | |")).append(line("|---|---|---|---|---|"));
    for (int i = 0; i < measured.size(); i++) {
      text.append(line("| %d | %.0f | %.0f | %.2f | %s |", i + 1, ratios.product().get(i), ratios.floor().get(i), ratios.ratios().get(i), inWords(measured.get(i))));
    }
    return text.toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }

  private void say(String line) {
    var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
