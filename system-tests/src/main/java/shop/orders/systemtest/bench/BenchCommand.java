package shop.orders.systemtest.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.replay.ConnectionOptions;
import shop.orders.localstack.replay.ConnectionOptions.NotConnected;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.WantedEnd;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.systemtest.ToolCommand;

/** {@code ./oms bench}. Exit code 0: measured, whatever the figures say; 1: something failed on the way; 2: nothing to measure. */
@Command(
    name = "bench",
    description = {
      "Measures the running stack: whole orders per second, transitions as a share of what the bare database does, statements per order.",
      "Takes a few minutes, uses all of the machine, and writes a file below docs/benchmarks."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand extends ToolCommand {
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int STOCK = 400;
  private static final int PATTERNS = 50;
  private static final int MOST_PREPARED = 4_000;

  @Mixin private ConnectionOptions where = new ConnectionOptions();

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "how long whole orders are measured (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "150", description = "orders before that, not measured (default: ${DEFAULT-VALUE})")
  private int warmUpSeconds;

  @Option(names = "--in-flight", paramLabel = "N", defaultValue = "64", description = "whole orders under way at any time (default: ${DEFAULT-VALUE})")
  private int inFlight;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
      description = "rounds of transitions, each once over HTTP and once by the bare driver (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--clients", paramLabel = "N", defaultValue = "32", description = "HTTP clients of the transitions (default: ${DEFAULT-VALUE})")
  private int clients;

  @Option(names = "--round-orders", paramLabel = "N", defaultValue = "1000",
      description = "orders of a round over HTTP, two transitions each; the bare driver gets twice as many (default: ${DEFAULT-VALUE})")
  private int roundOrders;

  @Option(names = "--floor-in-flight", paramLabel = "N", defaultValue = "32", description = "orders the bare driver has under way (default: ${DEFAULT-VALUE})")
  private int floorInFlight;

  @Option(names = "--name", paramLabel = "NAME", description = "added to the file's name, which is today's date; a file of that name is replaced")
  private @Nullable String name;

  @Override
  public Integer call() throws Exception {
    var home = Home.current();
    Connection connection;
    try {
      connection = where.connection();
    } catch (NotConnected e) {
      say(e.getMessage());
      return 2;
    }
    try (var store = CassandraStores.open(Addresses.ofThisStack().cassandra(), "datacenter1", "orders")) {
      var figures = measure(home, connection, store);
      var report = Report.of(figures);
      say(report);
      say("written to " + BenchmarkFile.write(home, name, report));
      return 0;
    } catch (StoreUnavailable | IllegalStateException | IOException e) {
      say("the measurement failed: " + e.getMessage());
      return 1;
    }
  }

  private Figures measure(Home home, Connection connection, CassandraStores store) throws IOException, InterruptedException {
    var addresses = Addresses.ofThisStack();
    var log = store.stores().eventLog();
    var now = Clock.systemUTC().instant();

    say("idle for " + IDLE.toSeconds() + " s");
    var idle = Statements.idle(addresses.workflow(), IDLE);

    var shop = Shop.usual(connection, OrderGenerator.everyday(1, now, WantedEnd.INVOICED), STOCK);
    var orders = new WholeOrders(shop, inFlight);
    WholeOrders.Result whole;
    try (var follower = new LogFollower(log, connection.account(), orders::logged)) {
      follower.start();
      whole = orders.run(Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds), () -> reading(home, addresses, orders), this::say);
    }
    say("%.1f whole orders per second".formatted(whole.perSecond()));

    var direct = BenchAccount.make(addresses.workflow(), "bench", home.state().resolve("secrets.properties"));
    var gifts = Shop.gifts(direct, OrderGenerator.everyday(2, now, WantedEnd.READY), STOCK);
    var transitions = new Transitions(gifts, clients);
    var ratios = new Ratios();
    var floorOrders = new ArrayList<Double>();
    var cpu = CpuTimes.none();
    var perRound = new ArrayList<Statements>();
    try (var quiet = new Quiet(home.state().resolve("order-search-service/pid"));
        var follower = new LogFollower(log, direct.account(), transitions::logged);
        var floor = Floor.open(addresses.cassandra(), connection.account(), orders.examples(PATTERNS), floorInFlight)) {
      follower.start();
      for (int round = 0; round <= rounds; round++) {
        say(round == 0 ? "warming up transitions" : "round " + round + " of " + rounds);
        var ready = transitions.prepare(Math.min(roundOrders, MOST_PREPARED));
        var begun = floor.prepare(2 * roundOrders);
        var cpuBefore = CpuTimes.now(home);
        var before = Statements.of(addresses.workflow());
        long from = System.nanoTime();
        double product = transitions.run(ready);
        var sent = Statements.of(addresses.workflow()).minus(before).minus(idle.times((System.nanoTime() - from) / 1e9));
        var used = CpuTimes.now(home).since(cpuBefore);
        double bare = floor.transitions(begun);
        double wholeBare = floor.wholeOrders(roundOrders);
        say("transitions %.0f per second, bare driver %.0f: %.2f; whole orders of the bare driver %.0f".formatted(product, bare, product / bare, wholeBare));
        if (round == 0) continue;
        ratios.add(product, bare);
        floorOrders.add(wholeBare);
        perRound.add(sent);
        cpu = cpu.plus(used);
      }
      double done = 2.0 * rounds * Math.min(roundOrders, MOST_PREPARED);
      var perTransition = perRound.stream().reduce(new Statements(Map.of()), Statements::plus).times(1 / done);
      return new Figures(
          Machine.inWords(home.root(), ZonedDateTime.now(ZoneOffset.UTC)), shop.sizes(), floor.inWords(), idle, whole, ratios, cpu, done, perTransition,
          floorOrders, inFlight, clients);
    }
  }

  private WholeOrders.Reading reading(Home home, Addresses addresses, WholeOrders orders) {
    return new WholeOrders.Reading(orders.count(), System.nanoTime(), CpuTimes.now(home), Statements.of(addresses.workflow()));
  }
}
