package shop.orders.systemtest.bench;

import static shop.orders.systemtest.bench.BenchmarkFile.line;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.WantedEnd;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Stores;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.systemtest.ToolCommand;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch.Unreachable;

/** {@code ./oms bench-search}. Exit code 0: measured, whatever the figures say; 1: something failed on the way. */
@Command(
    name = "bench-search",
    description = {
      "Measures the running stack's indexing: documents per second as a share of ready bulk requests to the same Elasticsearch, and how soon an order is found.",
      "Takes a few minutes, uses all of the machine, and writes a file below docs/benchmarks."
    },
    mixinStandardHelpOptions = true)
public final class SearchBenchCommand extends ToolCommand {
  private static final String INDICES = "orders-g*";

  /** Of a round's documents: until then the consumer takes its place in the group again. */
  private static final double NOT_TIMED = 0.1;

  private static final long LIMIT_MINUTES = 10;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "rounds, each ready bulks and then indexing (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--round-orders", paramLabel = "N", defaultValue = "10000", description = "orders indexed in a round (default: ${DEFAULT-VALUE})")
  private int roundOrders;

  @Option(names = "--rate", paramLabel = "N", defaultValue = "50", description = "orders per second while latency is measured (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "150", description = "orders before that, not measured (default: ${DEFAULT-VALUE})")
  private int warmUpSeconds;

  @Option(names = "--orders", paramLabel = "N", defaultValue = "2500", description = "orders that are looked for (default: ${DEFAULT-VALUE})")
  private int orders;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "search", description = "added to the file's name, which is today's date (default: ${DEFAULT-VALUE})")
  private String name = "search";

  @Override
  public Integer call() throws Exception {
    require(rounds >= 1, "--rounds must be 1 or more: " + rounds);
    require(orders >= 1 && orders <= SearchLatency.MOST_ORDERS, "--orders must be 1 to " + SearchLatency.MOST_ORDERS + ", which is what a list can show: " + orders);
    require(rate > 0, "--rate must be above 0: " + rate);
    var home = Home.current();
    var addresses = Addresses.ofThisStack();
    try (var store = CassandraStores.open(addresses.cassandra(), "datacenter1", "orders")) {
      // Half of what new processes use goes into their compilers. In several runs, since a list shows no more.
      for (double warm = 0; warm < warmUpSeconds * rate; warm += orders) latency(home, addresses, orders);
      var latency = latency(home, addresses, orders);
      var ratios = indexing(home, store.stores(), new PlainElasticsearch(addresses.elasticsearch()));
      var report = report(Machine.inWords(home.root(), ZonedDateTime.now(ZoneOffset.UTC)), ratios, latency);
      say(report);
      say("written to " + BenchmarkFile.write(home, name, report));
      return 0;
    } catch (StoreUnavailable | Unreachable | IllegalStateException | IOException e) {
      say("the measurement failed: " + e);
      return 1;
    }
  }

  /** One round more than is counted: the first warms up. */
  private Ratios indexing(Home home, Stores stores, PlainElasticsearch elasticsearch) throws IOException, InterruptedException {
    var ratios = new Ratios();
    long seed = System.currentTimeMillis() / 1000 % 8_000;
    for (int round = 0; round <= rounds; round++) {
      double floor;
      long before;
      int ready;
      try (var quiet = new Quiet(home.state().resolve("order-search-service/pid"));
          var bulks = new ReadyBulks(elasticsearch, Map.of())) {
        before = indexed(elasticsearch);
        oms("load", "--count", Integer.toString(roundOrders), "--seed", Long.toString(seed + round));
        await("all events in Kafka", () -> isPublished(stores));
        bulks.take(INDICES, roundOrders);
        ready = bulks.documents();
        floor = ready == 0 ? 0 : bulks.send();
      }
      double indexing = follow(elasticsearch, before);
      say((round == 0 ? "warming up: " : "round " + round + ": ") + String.format(Locale.ROOT, "%.0f documents per second indexed, %.0f of %,d ready ones: %.2f", indexing, floor, ready, indexing / floor));
      if (round > 0) ratios.add(indexing, floor);
    }
    return ratios;
  }

  /** @return documents per second */
  private double follow(PlainElasticsearch elasticsearch, long before) {
    await("indexing to begin", () -> indexed(elasticsearch) >= before + NOT_TIMED * roundOrders);
    long from = indexed(elasticsearch);
    long begun = System.nanoTime();
    await("all orders in the index", () -> indexed(elasticsearch) >= before + roundOrders);
    return (indexed(elasticsearch) - from) / ((System.nanoTime() - begun) / 1e9);
  }

  private static long indexed(PlainElasticsearch elasticsearch) {
    return elasticsearch.call("GET", "/" + INDICES + "/_stats/indexing", null).require().path("_all").path("primaries").path("indexing").path("index_total").asLong();
  }

  private static boolean isPublished(Stores stores) {
    return stores.settings().list(Settings.Kind.ACCOUNT, "").keySet().stream().allMatch(account ->
        stores.eventLog().head(account) == stores.cursors().read(account, "kafka").map(cell -> Long.parseLong(cell.state())).orElse(0L));
  }

  private Histogram latency(Home home, Addresses addresses, int orders) throws IOException, InterruptedException {
    var connection = BenchAccount.make(addresses.workflow(), "search" + Long.toString(System.currentTimeMillis(), 36), home.state().resolve("secrets.properties"));
    var list = new Connection(addresses.search(), connection.account(), connection.appKey(), connection.appToken());
    var shop = Shop.gifts(connection, OrderGenerator.everyday(5, Clock.systemUTC().instant(), WantedEnd.READY), 500);
    say(String.format(Locale.ROOT, "%,d orders at %.0f per second", orders, rate));
    var latency = new SearchLatency(shop, list);
    var histogram = latency.run(orders, rate);
    if (latency.refused() > 0) say(latency.refused() + " times the list was not answered");
    return histogram;
  }

  private String report(String machine, Ratios ratios, Histogram latency) {
    var text = new StringBuilder();
    text.append(line("# Benchmark of search")).append(line("%s", machine)).append(line(""));
    text.append(line("| Figure | Reached | Aim |")).append(line("|---|---|---|"));
    text.append(line("| documents indexed per second ÷ ready bulk requests to the same Elasticsearch | **%.2f** | 0.7 |", Ratios.median(ratios.ratios())));
    text.append(line("| from the API's answer to the order list showing the order, 99 of 100, at %.0f orders per second | **%d ms** | 2,000 ms |", rate, latency.getValueAtPercentile(99)));
    text.append(line("")).append(line("A round: %,d orders of three years are written and published while the search service stands; as many ready documents go", roundOrders));
    text.append(line("into empty copies of the indices, two requests of a thousand at a time; then the service goes on. Its first tenth is not timed.")).append(line(""));
    text.append(line("| Round | indexed | ready | ratio |")).append(line("|---|---|---|---|"));
    for (int i = 0; i < ratios.ratios().size(); i++) {
      text.append(line("| %d | %.0f | %.0f | %.2f |", i + 1, ratios.product().get(i), ratios.floor().get(i), ratios.ratios().get(i)));
    }
    text.append(line("")).append(line("Found in the list, %,d orders: median %d ms, 90 of 100 within %d ms, 99 of 100 within %d ms, at most %d ms.",
        latency.getTotalCount(), latency.getValueAtPercentile(50), latency.getValueAtPercentile(90), latency.getValueAtPercentile(99), latency.getMaxValue()));
    return text.toString();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("not within " + LIMIT_MINUTES + " minutes: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }
}
