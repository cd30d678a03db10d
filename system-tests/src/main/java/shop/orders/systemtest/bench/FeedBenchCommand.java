package shop.orders.systemtest.bench;

import static shop.orders.systemtest.bench.BenchmarkFile.line;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.WantedEnd;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.systemtest.ToolCommand;

/** {@code ./oms bench-feed}. Exit code 0: measured, whatever the figures say; 1: something failed on the way. */
@Command(
    name = "bench-feed",
    description = {
      "Measures the running stack's ERP feed: items per second with a backlog as a share of those without, statements, and how soon an event is heard of.",
      "Takes a few minutes, uses all of the machine, and writes a file below docs/benchmarks."
    },
    mixinStandardHelpOptions = true)
public final class FeedBenchCommand extends ToolCommand {
  private static final int CLIENTS = 16;
  private static final int WARM_UP = 4;
  private static final Duration IDLE = Duration.ofSeconds(10);

  @Option(names = "--backlog", paramLabel = "N", defaultValue = "1000000", description = "events that wait behind the reader (default: ${DEFAULT-VALUE})")
  private int backlog;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "rounds, each without and with the backlog (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--round-items", paramLabel = "N", defaultValue = "3000", description = "items read and committed in each half of a round (default: ${DEFAULT-VALUE})")
  private int roundItems;

  @Option(names = "--events-per-second", paramLabel = "N", defaultValue = "100", description = "while latency is measured (default: ${DEFAULT-VALUE})")
  private int eventsPerSecond;

  @Option(names = "--orders", paramLabel = "N", defaultValue = "1500", description = "orders whose events are timed, two events each (default: ${DEFAULT-VALUE})")
  private int orders;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "feed", description = "added to the file's name, which is today's date (default: ${DEFAULT-VALUE})")
  private String name = "feed";

  @Override
  public Integer call() throws Exception {
    var home = Home.current();
    try (var store = CassandraStores.open(Addresses.ofThisStack().cassandra(), "datacenter1", "orders")) {
      var report = measure(home, store);
      say(report);
      say("written to " + BenchmarkFile.write(home, name, report));
      return 0;
    } catch (StoreUnavailable | IllegalStateException | IOException e) {
      say("the measurement failed: " + e);
      return 1;
    }
  }

  private String measure(Home home, CassandraStores store) throws IOException, InterruptedException {
    var addresses = Addresses.ofThisStack();
    var account = "feed" + Long.toString(System.currentTimeMillis(), 36); // its log begins here
    var connection = BenchAccount.make(addresses.workflow(), account, home.state().resolve("secrets.properties"));
    var log = new Backlog(store.stores().eventLog(), account);
    var behind = new FeedReader(connection, "behind");
    behind.configure(List.of());
    log.append(backlog, done -> {
      if (done % 100_000 == 0) say("%,d events of backlog".formatted(done));
    });
    var empty = new FeedReader(connection, "empty");
    empty.configure(List.of());
    say("idle for " + IDLE.toSeconds() + " s");
    var idle = Statements.idle(addresses.workflow(), IDLE);
    var rates = new Ratios();
    var statements = new ArrayList<Statements>();
    for (int round = 1 - WARM_UP; round <= rounds; round++) {
      log.append(roundItems, done -> {});
      double without = empty.drain(roundItems);
      var before = Statements.of(addresses.workflow());
      long from = System.nanoTime();
      double with = behind.drain(roundItems);
      var sent = Statements.of(addresses.workflow()).minus(before).minus(idle.times((System.nanoTime() - from) / 1e9));
      say((round < 1 ? "warming up: " : "round " + round + ": ") + "%.0f items per second with the backlog, %.0f without: %.2f".formatted(with, without, with / without));
      if (round < 1) continue;
      rates.add(with, without);
      statements.add(sent.times((double) FeedReader.LOT / roundItems));
    }
    var latency = latency(connection, store);
    var tombstones = Tombstones.most(addresses.cassandra(), "orders");
    return report(Machine.inWords(home.root(), ZonedDateTime.now(ZoneOffset.UTC)), rates, statements, latency, tombstones);
  }

  private Histogram latency(Connection connection, CassandraStores store) throws IOException, InterruptedException {
    var shop = Shop.gifts(connection, OrderGenerator.everyday(3, Clock.systemUTC().instant(), WantedEnd.READY), 200);
    var prepared = new Transitions(shop, CLIENTS);
    List<Shop.Placed> ready;
    try (var follower = new LogFollower(store.stores().eventLog(), connection.account(), prepared::logged)) {
      follower.start();
      say("placing " + orders + " orders");
      ready = prepared.prepare(orders);
    }
    var reader = new FeedReader(connection, "latency");
    reader.configure(List.of("start-handling", "handling"));
    say("events at " + eventsPerSecond + " per second");
    return new FeedLatency(shop, reader).run(ready, eventsPerSecond / 2.0);
  }

  private String report(String machine, Ratios rates, List<Statements> statements, Histogram latency, Map<String, Long> tombstones) {
    var sum = statements.stream().reduce(new Statements(Map.of()), Statements::plus).times(1.0 / statements.size());
    double all = sum.counts().values().stream().mapToDouble(Double::doubleValue).sum();
    var text = new StringBuilder();
    text.append(line("# Benchmark of the feed"));
    text.append(line("%s", machine)).append(line(""));
    text.append(line("| Figure | Reached | Bar |")).append(line("|---|---|---|"));
    text.append(line("| items per second with %,d uncommitted behind ÷ without | **%.2f** | 0.9 |", backlog, Ratios.median(rates.ratios())));
    text.append(line("| statements per poll and commit of %d, with the backlog | **%.1f** | 5 |", FeedReader.LOT, all));
    text.append(line("| most tombstones one read met, cursors and event_log; the server counts none as 1 | **%d** | 1 |", Math.max(tombstones.getOrDefault("cursors", 0L), tombstones.getOrDefault("event_log", 0L))));
    text.append(line("| from the API's answer to the reader that waits, 99 of 100, at %d events per second | **%d ms** | 100 ms |", eventsPerSecond, latency.getValueAtPercentile(99)));
    text.append(line("")).append(line("One reader reads ten and commits ten, straight at the workflow service. Both feeds are one key's, both halves of a round one after the other."));
    text.append(line("")).append(line("| Round | with the backlog | without | ratio |")).append(line("|---|---|---|---|"));
    for (int i = 0; i < rates.ratios().size(); i++) {
      text.append(line("| %d | %.0f | %.0f | %.2f |", i + 1, rates.product().get(i), rates.floor().get(i), rates.ratios().get(i)));
    }
    text.append(line("")).append(line("Statements per poll and commit, idle ones subtracted: %s.", sum.counts().entrySet().stream().map(e -> line("%.2f %s", e.getValue(), e.getKey()).strip()).collect(Collectors.joining(", "))));
    text.append(line("")).append(line("Heard of after the answer to start-handling, %,d orders, the reader waits with `wait=20`: median %d ms, 90 of 100 within %d ms, 99 of 100 within %d ms, at most %d ms.",
        latency.getTotalCount(), latency.getValueAtPercentile(50), latency.getValueAtPercentile(90), latency.getValueAtPercentile(99), latency.getMaxValue()));
    return text.toString();
  }
}
