package shop.orders.systemtest.load;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Addresses;
import shop.orders.localstack.client.Listening;
import shop.orders.localstack.console.LiveLine;
import shop.orders.localstack.console.ProgressBar;
import shop.orders.store.ExactJson;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Stores;
import shop.orders.store.cassandra.CassandraStores;
import shop.orders.systemtest.ToolCommand;

/** {@code ./oms load}. Exit code 0: all are in; 1: not all; 2: it could not start. */
@Command(
    name = "load",
    description = {
      "Writes years of invented orders through the store's own code, as history: nobody is told, but they are published, indexed and listed.",
      "A run that was broken off, however, is started again as it was and goes on from there; with a larger --count it adds the rest.",
      "Exit code 0 when all are in, 1 when not, 2 when it could not start."
    },
    mixinStandardHelpOptions = true)
public final class LoadCommand extends ToolCommand {
  private static final int ALL_IN = 0;
  private static final int NOT_ALL = 1;
  private static final int COULD_NOT_START = 2;
  private static final Duration HEARTBEAT = Duration.ofMillis(500);
  private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(5);
  private static final Duration LAST_ORDERS = Duration.ofSeconds(20);

  @Option(names = "--count", paramLabel = "N", defaultValue = "1000000", description = "How many orders (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "The same seed makes the same orders, another one further orders; 0 to 8999 (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--years", paramLabel = "N", description = "How many years (default: 3, or what the load was begun with).")
  private @Nullable Integer years;

  @Option(names = "--until", paramLabel = "DATE", description = "The first day without orders (default: today, or what the load was begun with).")
  private @Nullable LocalDate until;

  @Option(names = "--accounts", paramLabel = "N", description = "How many accounts, the largest is demo (default: 50, or what the load was begun with).")
  private @Nullable Integer accounts;

  @Option(names = "--threads", paramLabel = "N", defaultValue = "32", description = "Orders being written at once, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(names = "--keyspace", defaultValue = "orders", description = "The orders' keyspace (default: ${DEFAULT-VALUE}).")
  private String keyspace = "orders";

  @Option(names = "--datacenter", defaultValue = "datacenter1", description = "Cassandra's datacenter (default: ${DEFAULT-VALUE}).")
  private String datacenter = "datacenter1";

  @Override
  public Integer call() throws InterruptedException {
    require(seed >= 0 && seed < PastOrders.MOST_SEEDS, "seed must be 0 to " + (PastOrders.MOST_SEEDS - 1) + ": " + seed);
    require(count >= 0 && count <= PastOrders.MOST_ORDERS, "count must be 0 to " + PastOrders.MOST_ORDERS + ": " + count);
    require(threads >= 1 && threads <= 256, "threads must be 1 to 256: " + threads);
    var contact = Addresses.ofThisStack().cassandra();
    if (!Listening.at(contact)) {
      return refuse("nothing listens at " + contact.getHostString() + ":" + contact.getPort() + ", where Cassandra should; is everything up? (./oms up)");
    }
    try (var opened = CassandraStores.open(contact, datacenter, keyspace)) {
      return load(opened.stores(), Clock.systemUTC());
    } catch (StoreUnavailable e) {
      return refuse("Cassandra at " + contact + " does not answer: " + e.getMessage());
    }
  }

  private int load(Stores stores, Clock clock) throws InterruptedException {
    var bookmark = new Bookmark(stores.cursors(), seed);
    var before = bookmark.read();
    var state = before.orElseGet(() -> new Bookmark.State(today(clock).toString(), 3, 50, 0));
    var wanted = new Bookmark.State(
        until == null ? state.until() : until.toString(), years == null ? state.years() : years, accounts == null ? state.accounts() : accounts, state.done());
    if (before.isPresent() && !wanted.equals(state)) {
      return refuse("seed " + seed + " was begun with --until " + state.until() + " --years " + state.years() + " --accounts " + state.accounts()
          + ", go on with those or take another --seed");
    }
    require(!wanted.untilDate().isAfter(today(clock)), "until must not lie ahead: " + wanted.until());
    require(wanted.years() >= 1 && wanted.years() <= 20, "years must be 1 to 20: " + wanted.years());
    require(wanted.accounts() >= 1 && wanted.accounts() <= 999, "accounts must be 1 to 999: " + wanted.accounts());
    if (!bookmark.write(wanted)) return refuse("another load of seed " + seed + " runs");
    say("load of seed " + seed + ": " + count + " orders in " + wanted.accounts() + " accounts, " + wanted.years() + " years until " + wanted.until()
        + (wanted.done() == 0 ? "" : "; the first " + wanted.done() + " are in"));
    var shops = new Shops(wanted.accounts());
    makeKnown(shops, stores.settings());
    var position = new Position(wanted.done(), count);
    var loader = new Loader(stores.orders(), new PastOrders(seed, wanted.untilDate(), wanted.years(), shops), position, clock);
    return run(loader, position, bookmark, wanted);
  }

  /** Events of accounts that nobody configured are not published. */
  private static void makeKnown(Shops shops, Settings settings) {
    var known = settings.list(Settings.Kind.ACCOUNT, "").keySet();
    for (var name : shops.names()) {
      if (known.contains(name)) continue;
      settings.save(Settings.Kind.ACCOUNT, "", name, ExactJson.mapper().writeValueAsString(Map.of("name", name, "gracePeriod", "PT30M")));
    }
  }

  private int run(Loader loader, Position position, Bookmark bookmark, Bookmark.State state) throws InterruptedException {
    var workers = Executors.newFixedThreadPool(threads);
    var ended = new Thread(() -> finish(loader, workers), "load-ends");
    Runtime.getRuntime().addShutdownHook(ended);
    for (int i = 0; i < threads; i++) workers.submit(loader::work);
    workers.shutdown();
    boolean alone = watch(loader, position, bookmark, state, workers);
    loader.broken().ifPresent(broken -> {
      throw broken;
    });
    if (!alone) return refuse("another load of seed " + seed + " runs; this one stops");
    return position.finished() && loader.strangers() == 0 ? ALL_IN : NOT_ALL;
  }

  /** Ctrl-C: what is under way is finished, the bookmark is at most some seconds old. */
  private static void finish(Loader loader, ExecutorService workers) {
    loader.stop();
    try {
      workers.awaitTermination(LAST_ORDERS.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** @return false if another program moves the bookmark */
  private boolean watch(Loader loader, Position position, Bookmark bookmark, Bookmark.State state, ExecutorService workers) throws InterruptedException {
    var live = new LiveLine(out(), System.console() != null);
    var bar = new ProgressBar(OptionalLong.of(count), state.done());
    long startedAt = System.nanoTime();
    long markedAt = startedAt;
    boolean alone = true;
    while (!workers.awaitTermination(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
      var elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
      live.show(bar.line(state.done() + loader.done(), elapsed) + (loader.trouble().isEmpty() ? "" : " (" + loader.trouble() + ")"), elapsed);
      if (System.nanoTime() - markedAt > BETWEEN_BOOKMARKS.toNanos()) {
        alone &= bookmark.write(state.at(position.allBelow()));
        if (!alone) loader.stop();
        markedAt = System.nanoTime();
      }
    }
    live.over();
    if (alone) alone = bookmark.write(state.at(position.allBelow()));
    var seconds = (System.nanoTime() - startedAt) / 1e9;
    say(String.format(Locale.ROOT, "%d orders written in %.1f s, %.1f per second; %d were there already, %d ids are taken by other orders",
        loader.written(), seconds, loader.written() / seconds, loader.found(), loader.strangers()));
    return alone;
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), SalesCalendar.ZONE);
  }

  private int refuse(String why) {
    complain("load: " + why);
    return COULD_NOT_START;
  }
}
