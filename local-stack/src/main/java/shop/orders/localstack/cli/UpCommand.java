package shop.orders.localstack.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import shop.orders.localstack.replay.ConsoleProgress;
import shop.orders.localstack.replay.OrderGenerator;
import shop.orders.localstack.replay.Replay;
import shop.orders.localstack.replay.ReplayOptions;
import shop.orders.localstack.server.Ports;
import shop.orders.localstack.server.RunningServer;
import shop.orders.localstack.server.ServerFailed;

@Command(
    name = "up",
    description = {
      "Starts everything, makes the account demo, and sends generated orders through it.",
      "What runs already is left alone: the rest of it is started with the ports it had, and no orders are sent.",
      "Ports are changed by --port, by environment variables such as OMS_PORT_FRONT_DOOR, or all at once by --port-offset; they are "
          + "kept for later commands. Exit code 0 when all is well, 1 when something failed, 2 when nothing was started."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SEED = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--port", paramLabel = "NAME=PORT",
      description = "where a process listens, repeatable; names and usual ports: front-door 8080, order-workflow-service 8081, "
          + "order-search-service 8082, partners 8090, cassandra 9042, cassandra-storage 7000, kafka 9092, kafka-controller 9093, "
          + "elasticsearch 9200, elasticsearch-transport 9300")
  private Map<String, Integer> ports = Map.of();

  @Option(names = "--port-offset", paramLabel = "N", defaultValue = "0", description = "added to every usual port")
  private int offset;

  @Option(names = "--orders", paramLabel = "N", defaultValue = "200", description = "how many orders to send, 0 for none (default: ${DEFAULT-VALUE})")
  private long orders;

  @Option(names = "--canary-every", paramLabel = "SECONDS", defaultValue = "30",
      description = "from one test order of the services to the next, 5 or more; 0 for none, as where something is measured (default: ${DEFAULT-VALUE})")
  private int canaryEvery;

  @Override
  public Integer call() throws Exception {
    var home = Home.current();
    return home.alone(() -> up(home));
  }

  private int up(Home home) throws Exception {
    var out = spec.commandLine().getOut();
    var before = Stack.kept(home);
    if (!before.running().isEmpty()) return complete(before, account(before, Secrets.of(home)), out);

    if (canaryEvery != 0 && canaryEvery < 5) throw new Refused("--canary-every must be 0, or 5 or more: " + canaryEvery);
    var begin = System.nanoTime();
    var plan = PortPlan.of(named(ports), offset, System.getenv(), home.settings());
    refuseTakenPorts(plan);
    var secrets = Secrets.of(home);
    var stack = new Stack(home, plan, secrets, canaryEvery);
    home.keepSettings(stack.settings());
    var account = account(stack, secrets);
    start(stack, stack.all(), account, out);
    Home.write(home.demoEnv(), account.environment());
    out.printf(Locale.ROOT, "everything is ready after %.1f s%n", seconds(begin));
    out.flush();

    var complete = orders == 0 || sendOrders(account, out);
    out.printf(Locale.ROOT, "%.1f s from start to here%n%n", seconds(begin));
    Summary.print(out, home, stack, account);
    return complete ? 0 : 1;
  }

  private boolean sendOrders(DemoAccount account, PrintWriter out) throws InterruptedException {
    out.println("sending " + orders + " generated orders through the whole flow");
    out.flush();
    var defaults = ReplayOptions.defaults();
    var options = new ReplayOptions(defaults.run(), 0, defaults.placers(), defaults.watchers(), PATIENCE);
    var generated = new OrderGenerator(SEED, Clock.systemUTC().instant()).orders(orders);
    var result = Replay.run(account.connection(), generated, options, ConsoleProgress.standard());
    out.print(result.report());
    return result.complete();
  }

  /** What does not run of a stack is started with the ports and settings it had; no orders are sent. */
  private static int complete(Stack stack, DemoAccount account, PrintWriter out) {
    var missing = new ArrayList<>(stack.all());
    missing.removeAll(stack.running());
    if (missing.isEmpty()) {
      out.println("already up; nothing was changed");
    } else {
      out.println("already up, except " + missing.stream().map(RunningServer::name).collect(Collectors.joining(", ")));
      start(stack, missing, account, out);
    }
    StatusCommand.print(out, stack);
    return 0;
  }

  /** @param missing of the stack, what does not run; if not all of it can be started, none of it stays */
  private static void start(Stack stack, List<RunningServer> missing, DemoAccount account, PrintWriter out) {
    // Also when interrupted from the keyboard, half a stack must not stay.
    var cleanUp = new Thread(() -> missing.forEach(RunningServer::kill), "leave-nothing-half-started");
    Runtime.getRuntime().addShutdownHook(cleanUp);
    try {
      new StartOrder(stack, account, out).start();
    } catch (ServerFailed e) {
      out.println("stopping what was started");
      out.flush();
      missing.forEach(RunningServer::kill);
      missing.forEach(RunningServer::stop);
      throw e;
    } finally {
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    }
  }

  private static DemoAccount account(Stack stack, Secrets secrets) {
    return new DemoAccount(
        stack.uri(PortName.ORDER_WORKFLOW_SERVICE), stack.uri(PortName.PARTNERS), stack.uri(PortName.FRONT_DOOR), secrets, stack.hasCanary());
  }

  private static Map<PortName, Integer> named(Map<String, Integer> given) {
    var named = new EnumMap<PortName, Integer>(PortName.class);
    given.forEach((name, port) -> {
      try {
        named.put(PortName.of(name), port);
      } catch (IllegalArgumentException e) {
        throw new Refused("no port is called " + name + "; there are " + List.of(PortName.values()));
      }
    });
    return named;
  }

  private static void refuseTakenPorts(PortPlan plan) {
    var taken = plan.ports().entrySet().stream().filter(each -> Ports.taken(each.getValue())).map(Map.Entry::getKey).sorted().toList();
    if (taken.isEmpty()) return;
    var text = new StringBuilder("nothing was started, because something else listens already:");
    for (var name : taken) {
      text.append(String.format("%n  port %d of 127.0.0.1, wanted for %s (another one: --port %s=N or %s=N)",
          plan.of(name), name, name, name.environmentVariable()));
    }
    throw new Refused(text.toString());
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
