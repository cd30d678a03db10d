package shop.orders.systemtest.bench;

import static shop.orders.systemtest.bench.BenchmarkFile.line;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.replay.ConnectionOptions;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.WantedEnd;
import shop.orders.localstack.server.ServerFailed;
import shop.orders.store.EventLog;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.systemtest.ToolCommand;
import shop.orders.systemtest.rebuild.RunningRebuild;

/** {@code ./oms bench-rebuild-live}. Exit code 0: measured, whatever the figures say; 1: something failed on the way; 2: it could not start. */
@Command(
    name = "bench-rebuild-live",
    description = {
      "Measures what a rebuild of the running stack's index takes from workflow: events per second and the time orders need, with a rebuild and without, at the same",
      "rate of orders; and whether a list request fails. Load orders first (./oms load), so that it lasts. Writes a file below docs/benchmarks."
    },
    mixinStandardHelpOptions = true)
public final class RebuildLiveCommand extends ToolCommand {
  private static final int STOCK = 500;
  private static final int WARM_UP_IN_FLIGHT = 64;

  /** More under way than this are as good as an outage: the stretch is then slower than its rate. */
  private static final int MOST_IN_FLIGHT = 5_000;

  @Mixin private ConnectionOptions where = new ConnectionOptions();

  @Option(names = "--rate", paramLabel = "N", defaultValue = "50", description = "orders placed per second (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "120", description = "of each stretch; with a rebuild at least as long as that lasts (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "150", description = "as many orders as are taken, before that, not measured (default: ${DEFAULT-VALUE})")
  private int warmUpSeconds;

  @Option(names = "--longest", paramLabel = "MINUTES", defaultValue = "60", description = "a rebuild that takes longer is measured so long, and cancelled (default: ${DEFAULT-VALUE})")
  private int longest;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "rebuild-live", description = "added to the file's name, which is today's date (default: ${DEFAULT-VALUE})")
  private String name = "rebuild-live";

  /** What a stretch did not take, and what it did with the others. */
  private record Stretch(LogTimes times, long refused) {}

  @Override
  public Integer call() throws Exception {
    require(rate > 0, "--rate must be above 0: " + rate);
    require(seconds >= 1, "--seconds must be 1 or more: " + seconds);
    Connection connection;
    try {
      connection = where.connection();
    } catch (ConnectionOptions.NotConnected e) {
      say("bench-rebuild-live: " + e.getMessage());
      return 2;
    }
    var home = Home.current();
    var addresses = Addresses.ofThisStack();
    var list = new Connection(addresses.search(), connection.account(), connection.appKey(), connection.appToken());
    try (var store = CassandraStores.open(addresses.cassandra(), "datacenter1", "orders")) {
      var log = store.stores().eventLog();
      var shop = Shop.usual(connection, OrderGenerator.everyday(6, Clock.systemUTC().instant(), WantedEnd.INVOICED), STOCK);
      follow(log, connection, new WholeOrders(shop, WARM_UP_IN_FLIGHT), after(warmUpSeconds));
      var before = stretch(shop, log, connection, after(seconds));
      say("without: " + inWords(before));
      String rebuild;
      Stretch during;
      String lists;
      try (var requests = new ListRequests(list)) {
        var running = RunningRebuild.begin();
        during = stretch(shop, log, connection, endOf(running));
        lists = lists(requests, running.switchedAt());
        rebuild = running.isDone() ? running.done().toString() : "cancelled in " + running.where();
        running.cancel();
      }
      say("with a rebuild: " + inWords(during));
      var after = stretch(shop, log, connection, after(seconds));
      say("without: " + inWords(after));
      var report = report(Machine.inWords(home.root(), ZonedDateTime.now(ZoneOffset.UTC)), before, during, after, rebuild, lists);
      say(report);
      say("written to " + BenchmarkFile.write(home, name, report));
      return 0;
    } catch (ServerFailed | StoreUnavailable | IllegalStateException | IOException e) {
      say("the measurement failed: " + e);
      return 1;
    }
  }

  /** Orders at the rate; all of them come to their end. */
  private Stretch stretch(Shop shop, EventLog log, Connection connection, BooleanSupplier over) throws InterruptedException {
    long from = log.head(connection.account());
    long refused = follow(log, connection, new WholeOrders(shop, MOST_IN_FLIGHT, rate), over);
    return new Stretch(LogTimes.of(log, connection.account(), from, log.head(connection.account())), refused);
  }

  /** @return orders that were not taken */
  private long follow(EventLog log, Connection connection, WholeOrders orders, BooleanSupplier over) throws InterruptedException {
    try (var follower = new LogFollower(log, connection.account(), orders::logged)) {
      follower.start();
      return orders.runUntil(over, this::say);
    }
  }

  private static BooleanSupplier after(int seconds) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    return () -> System.nanoTime() >= end;
  }

  /** Of the rebuild, or of what one waits for it; but not before the stretch is as long as the others. */
  private BooleanSupplier endOf(RunningRebuild rebuild) {
    var least = after(seconds);
    var most = after((int) Duration.ofMinutes(longest).toSeconds());
    return () -> least.getAsBoolean() && (rebuild.isDone() || most.getAsBoolean());
  }

  private static String inWords(Stretch stretch) {
    var times = stretch.times();
    return String.format(Locale.ROOT, "%,d orders, %.1f events per second, at their end after %d ms in the middle, 99 of 100 within %d ms; %d were not taken",
        times.millisToEnd().getTotalCount(), times.eventsPerSecond(), times.millisToEnd().getValueAtPercentile(50), times.p99(), stretch.refused());
  }

  /** Before a switch lists are the old index's, and no failure of theirs is the rebuild's proof or disproof. */
  private static String lists(ListRequests requests, Optional<Instant> switchedAt) {
    return switchedAt
        .map(at -> line("| list requests that failed after the switch, of %,d in all | **%d** | 0 |", requests.asked(), requests.failuresSince(at)))
        .orElseGet(() -> line("| list requests that failed, of %,d; there was no switch | %d | |", requests.asked(), requests.failuresSince(Instant.EPOCH)));
  }

  private String report(String machine, Stretch before, Stretch during, Stretch after, String rebuild, String lists) {
    double rateWithout = (before.times().eventsPerSecond() + after.times().eventsPerSecond()) / 2;
    double p99Without = (before.times().p99() + after.times().p99()) / 2.0;
    var text = new StringBuilder();
    text.append(line("# Benchmark of a rebuild while orders flow")).append(line("%s", machine)).append(line(""));
    text.append(line("| Figure | Reached | Bar |")).append(line("|---|---|---|"));
    text.append(line("| workflow's events per second with a rebuild ÷ without, at %.0f orders per second | **%.2f** | 0.95 |", rate, during.times().eventsPerSecond() / rateWithout));
    text.append(line("| time from an order's first event to its last, 99 of 100, with a rebuild ÷ without | **%.2f** | 1.5 |", during.times().p99() / p99Without));
    text.append(lists);
    text.append(line("")).append(line("| | |")).append(line("|---|---|"));
    text.append(line("| before | %s |", inWords(before))).append(line("| with a rebuild | %s |", inWords(during))).append(line("| after | %s |", inWords(after)));
    text.append(line("| the rebuild | %s |", rebuild));
    text.append(line("")).append(line("Orders come through the front door and are paid, judged by antifraud, handled and invoiced by the stub partners, on the same machine. What became of them is read from the event log."));
    return text.toString();
  }
}
