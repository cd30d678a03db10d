package shop.orders.systemtest.drill;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.OmsClient;
import shop.orders.localstack.replay.ConnectionOptions;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.Progress;
import shop.orders.localstack.replay.Replay;
import shop.orders.localstack.replay.ReplayOptions;
import shop.orders.localstack.replay.ReplayResult;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.systemtest.ToolCommand;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;

/** {@code ./oms drill}. Exit code 0: every fault left everything accounted for and workflow at its rate; 1: not; 2: it could not start. */
@Command(
    name = "drill",
    description = {
      "Plays faults of search on the running stack while orders flow, each in a replay of its own: workflow's rate before, during and after,",
      "how long search takes to be whole again by itself, and whether every order is accounted for."
    },
    mixinStandardHelpOptions = true)
public final class DrillCommand extends ToolCommand {
  private static final Duration RAMP = Duration.ofSeconds(20);
  private static final int MOST_RAMPS = 15;

  /** Of two stretches the rates differ by less. */
  private static final double STEADY = 0.05;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double BAR = 0.95;

  @Mixin private ConnectionOptions where = new ConnectionOptions();

  @Parameters(paramLabel = "FAULT", arity = "0..*",
      description = "killed, frozen, read-only, disk-full, index-deleted, template-deleted, outlasts-kafka (default: all)")
  private List<String> names = new ArrayList<>();

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "how long a fault lasts, and what comes before it (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(names = "--rate", paramLabel = "N", defaultValue = "15", description = "orders placed per second (default: ${DEFAULT-VALUE})")
  private double rate;

  /** @param behind from the end of the fault until the list says that it is whole and fresh; null if it did not for as long as one waits */
  private record Outcome(Fault fault, double before, double during, double after, @Nullable Duration behind, ReplayResult replay, boolean accountedFor) {
    boolean good() {
      return accountedFor && replay.complete() && behind != null && during / before >= BAR && after / before >= BAR;
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Connection connection;
    try {
      connection = where.connection();
    } catch (ConnectionOptions.NotConnected e) {
      say("drill: " + e.getMessage());
      return 2;
    }
    var addresses = Addresses.ofThisStack();
    var elasticsearch = new PlainElasticsearch(addresses.elasticsearch());
    var faults = new ArrayList<>(new SearchFaults(elasticsearch, this::oms).all());
    faults.add(new KafkaRetention(addresses.kafka(), this::oms).fault());
    if (!faults.stream().map(Fault::name).toList().containsAll(names)) {
      say("drill: the faults are " + faults.stream().map(Fault::name).collect(Collectors.joining(", ")));
      return 2;
    }
    var outcomes = new ArrayList<Outcome>();
    try (var store = CassandraStores.open(addresses.cassandra(), "datacenter1", "orders")) {
      for (var fault : faults) {
        if (!names.isEmpty() && !names.contains(fault.name())) continue;
        outcomes.add(play(fault, connection, store));
        say(line(outcomes.get(outcomes.size() - 1)));
      }
    } catch (StoreUnavailable e) {
      say("drill: " + e.getMessage());
      return 2;
    }
    say("");
    outcomes.forEach(outcome -> say(line(outcome)));
    return outcomes.stream().allMatch(Outcome::good) ? 0 : 1;
  }

  private Outcome play(Fault fault, Connection connection, CassandraStores store) throws InterruptedException {
    say("== " + fault.words());
    var threads = Executors.newSingleThreadExecutor();
    var flow = new AtomicBoolean(true);
    try {
      var stretch = Duration.ofSeconds(seconds);
      var orders = StreamSupport.stream(new OrderGenerator(System.nanoTime(), Clock.systemUTC().instant()).orders(Long.MAX_VALUE).spliterator(), false);
      var options = new ReplayOptions("drill-" + Long.toString(System.nanoTime(), 36), rate, 16, 8, Duration.ofMinutes(5));
      var replay = threads.submit(() -> Replay.run(connection, () -> orders.takeWhile(order -> flow.get()).iterator(), options, Progress.silent()));
      var log = new LogRate(store.stores().eventLog(), connection.account());
      untilSteady(log);
      double before = log.over(stretch);
      double during;
      try {
        log.start();
        fault.begin().run();
        TimeUnit.SECONDS.sleep(seconds);
        during = log.lap();
      } finally {
        fault.end().run();
      }
      var ended = Instant.now();
      log.start();
      var behind = untilWhole(new Freshness(new OmsClient(connection, Duration.ofSeconds(5))), ended);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, stretch.minus(Duration.between(ended, Instant.now())).toNanos()));
      double after = log.lap();
      flow.set(false);
      var result = replay.get();
      return new Outcome(fault, before, during, after, behind, result, run("verify", "--settle", "120") == 0);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the replay broke", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Processes that were started a moment ago are slow, and then catch up: neither is what the fault is to be compared with. */
  private static void untilSteady(LogRate log) throws InterruptedException {
    double last = log.over(RAMP);
    for (int laps = 1; laps < MOST_RAMPS; laps++) {
      double now = log.over(RAMP);
      if (Math.abs(now / last - 1) < STEADY) return;
      last = now;
    }
  }

  private static @Nullable Duration untilWhole(Freshness list, Instant ended) throws InterruptedException {
    while (Duration.between(ended, Instant.now()).compareTo(PATIENCE) < 0) {
      var asOf = list.ofWholeList();
      if (asOf.isPresent() && asOf.get().isAfter(ended)) return Duration.between(ended, Instant.now());
      TimeUnit.MILLISECONDS.sleep(500);
    }
    return null;
  }

  private static String line(Outcome outcome) {
    return String.format(Locale.ROOT, "%-46s workflow %.1f events/s before, during %.2f, after %.2f of that; search whole again %s; %d of %d orders at their end; %s",
        outcome.fault().words(), outcome.before(), outcome.during() / outcome.before(), outcome.after() / outcome.before(),
        outcome.behind() == null ? "NOT within " + PATIENCE.toMinutes() + " minutes" : String.format(Locale.ROOT, "after %.0f s", outcome.behind().toMillis() / 1e3),
        outcome.replay().atEnd(), outcome.replay().planned(), outcome.accountedFor() ? "all accounted for" : "NOT ALL ACCOUNTED FOR");
  }
}
