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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.replay.ConnectionOptions;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.Progress;
import shop.orders.localstack.replay.Replay;
import shop.orders.localstack.replay.ReplayOptions;
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
  @Mixin private ConnectionOptions where = new ConnectionOptions();

  @Option(names = "--rate", paramLabel = "N", defaultValue = "50", description = "orders placed per second (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "120", description = "of each stretch; with a rebuild at least as long as that lasts (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(names = "--longest", paramLabel = "MINUTES", defaultValue = "60", description = "a rebuild that takes longer is measured so long, and cancelled (default: ${DEFAULT-VALUE})")
  private int longest;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "rebuild-live", description = "added to the file's name, which is today's date (default: ${DEFAULT-VALUE})")
  private String name = "rebuild-live";

  @Override
  public Integer call() throws Exception {
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
      say("without, not measured: " + inWords(stretch(connection, log, null)));
      var before = stretch(connection, log, null);
      say("without: " + inWords(before));
      String rebuild;
      LogTimes during;
      String lists;
      try (var requests = new ListRequests(list)) {
        var running = RunningRebuild.begin();
        during = stretch(connection, log, running);
        lists = lists(requests, running.switchedAt());
        rebuild = running.ends(Duration.ZERO) ? running.done().toString() : "cancelled in " + running.where();
        running.cancel();
      }
      say("with a rebuild: " + inWords(during));
      var after = stretch(connection, log, null);
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

  /** Orders at the rate, one stretch after another until the rebuild is done, or has lasted long enough; all come to their end. */
  private LogTimes stretch(Connection connection, EventLog log, @Nullable RunningRebuild rebuild) throws InterruptedException {
    long from = log.head(connection.account());
    long end = System.nanoTime() + Duration.ofMinutes(longest).toNanos();
    do {
      var now = Clock.systemUTC().instant();
      var orders = new OrderGenerator(System.nanoTime(), now).orders((long) (rate * seconds));
      var result = Replay.run(connection, orders, new ReplayOptions("live-" + now.toEpochMilli(), rate, 16, 8, Duration.ofMinutes(5)), Progress.silent());
      if (!result.complete()) throw new IllegalStateException(result.report());
    } while (rebuild != null && !rebuild.ends(Duration.ZERO) && System.nanoTime() < end);
    return LogTimes.of(log, connection.account(), from, log.head(connection.account()));
  }

  private static String inWords(LogTimes times) {
    return String.format(Locale.ROOT, "%.1f events per second, orders at their end after %d ms in the middle, 99 of 100 within %d ms",
        times.eventsPerSecond(), times.millisToEnd().getValueAtPercentile(50), times.p99());
  }

  /** Before a switch lists are the old index's, and no failure of theirs is the rebuild's proof or disproof. */
  private static String lists(ListRequests requests, Optional<Instant> switchedAt) {
    return switchedAt
        .map(at -> line("| list requests that failed after the switch, of %,d in all | **%d** | 0 |", requests.asked(), requests.failuresSince(at)))
        .orElseGet(() -> line("| list requests that failed, of %,d; there was no switch | %d | |", requests.asked(), requests.failuresSince(Instant.EPOCH)));
  }

  private String report(String machine, LogTimes before, LogTimes during, LogTimes after, String rebuild, String lists) {
    double rateWithout = (before.eventsPerSecond() + after.eventsPerSecond()) / 2;
    double p99Without = (before.p99() + after.p99()) / 2.0;
    var text = new StringBuilder();
    text.append(line("# Benchmark of a rebuild while orders flow")).append(line("%s", machine)).append(line(""));
    text.append(line("| Figure | Reached | Bar |")).append(line("|---|---|---|"));
    text.append(line("| workflow's events per second with a rebuild ÷ without, at %.0f orders per second | **%.2f** | 0.95 |", rate, during.eventsPerSecond() / rateWithout));
    text.append(line("| time from an order's first event to its last, 99 of 100, with a rebuild ÷ without | **%.2f** | 1.5 |", during.p99() / p99Without));
    text.append(lists);
    text.append(line("")).append(line("| | |")).append(line("|---|---|"));
    text.append(line("| before | %s |", inWords(before))).append(line("| with a rebuild | %s |", inWords(during))).append(line("| after | %s |", inWords(after)));
    text.append(line("| the rebuild | %s |", rebuild));
    text.append(line("")).append(line("Orders are paid, judged by antifraud, handled and invoiced by the stub partners, and watched by a client, on the same machine."));
    return text.toString();
  }
}
