package shop.orders.localstack.partners;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.OmsClient;

/** The process of the stub partners: an antifraud provider on HTTP, an ERP and a carrier on their feeds. Runs until it is ended. */
@Command(
    name = "partners",
    description = "Stub antifraud provider, ERP and carrier. Tokens are read from PARTNERS_ERP_TOKEN and PARTNERS_CARRIER_TOKEN.",
    mixinStandardHelpOptions = true)
public final class Partners implements Callable<Integer> {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on (default: ${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(names = "--port", defaultValue = "${env:PARTNERS_PORT:-8090}", description = "port to listen on; 0 for any (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(names = "--url", defaultValue = "${env:OMS_URL:-http://127.0.0.1:8080}", description = "address of the order API (default: ${DEFAULT-VALUE})")
  private @Nullable URI url;

  @Option(names = "--account", defaultValue = "${env:OMS_ACCOUNT:-demo}", description = "(default: ${DEFAULT-VALUE})")
  private String account = "demo";

  @Option(names = "--erp-key", defaultValue = "${env:PARTNERS_ERP_KEY:-vtexappkey-demo-ERPSTB}", description = "(default: ${DEFAULT-VALUE})")
  private String erpKey = "";

  @Option(names = "--carrier-key", defaultValue = "${env:PARTNERS_CARRIER_KEY:-vtexappkey-demo-CARRYR}", description = "(default: ${DEFAULT-VALUE})")
  private String carrierKey = "";

  @Option(names = "--workers", defaultValue = "32", description = "events the ERP, and the carrier, acts on at once, 1 to 64 (default: ${DEFAULT-VALUE})")
  private int workers;

  public static void main(String[] args) {
    // a name of its own: a logback.xml here would be found by every test that has this module on its class path
    System.getProperties().putIfAbsent("logback.configurationFile", "partners-logback.xml");
    int code = new CommandLine(new Partners()).execute(args);
    if (code != 0) System.exit(code);
  }

  @Override
  public Integer call() throws Exception {
    var erpToken = System.getenv("PARTNERS_ERP_TOKEN");
    var carrierToken = System.getenv("PARTNERS_CARRIER_TOKEN");
    if (erpToken == null || carrierToken == null || url == null || workers < 1 || workers > 64) {
      System.err.println("partners: PARTNERS_ERP_TOKEN and PARTNERS_CARRIER_TOKEN must be set, --workers 1 to 64");
      return CommandLine.ExitCode.USAGE;
    }
    var running = start(host, port, new Connection(url, account, erpKey, erpToken), new Connection(url, account, carrierKey, carrierToken), workers);
    Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
    log().info("listening on {}:{}, partners of {} at {}", host, running.port(), account, url);
    running.server().join();
    return CommandLine.ExitCode.OK;
  }

  /** The partners at work. */
  record Running(Server server, FeedConsumer erp, FeedConsumer carrier, ScheduledExecutorService timer) implements AutoCloseable {
    int port() {
      return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() {
      erp.close();
      carrier.close();
      timer.shutdownNow();
      try {
        server.stop();
      } catch (Exception e) {
        log().warn("stopping the HTTP side: {}", e.toString());
      }
    }
  }

  /** @param port 0 for any free one */
  static Running start(String host, int port, Connection erp, Connection carrier, int workers) throws Exception {
    var control = new AtomicReference<>(Control.healthy());
    var clock = Clock.systemUTC();
    var stopped = new CountDownLatch(1);
    var patience = new Patience(stopped);
    var erpClient = new OmsClient(erp, CALL_TIMEOUT);
    var carrierClient = new OmsClient(carrier, CALL_TIMEOUT);
    var erpFeed = new FeedConsumer("erp", erpClient, Erp.STATUSES, workers,
        () -> control.get().erp() == Control.Running.PAUSED, stopped, new Erp(new Orders(erpClient, patience), patience, clock));
    var carrierFeed = new FeedConsumer("carrier", carrierClient, Carrier.STATUSES, workers,
        () -> control.get().carrier() == Control.Running.PAUSED, stopped, new Carrier(new Orders(carrierClient, patience), clock));
    var timer = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "antifraud-hooks"));
    var server = server(host, port, new PartnersHttp(new AntifraudProvider(control::get, erpClient, timer, clock), control,
        () -> erpFeed.configured() && carrierFeed.configured()));
    erpFeed.start();
    carrierFeed.start();
    return new Running(server, erpFeed, carrierFeed, timer);
  }

  /** Not a constant: it would be made before {@link #main} has said where the configuration is. */
  private static Logger log() {
    return LoggerFactory.getLogger(Partners.class);
  }

  private static Server server(String host, int port, PartnersHttp http) throws Exception {
    var threads = new QueuedThreadPool(64);
    threads.setName("http");
    var server = new Server(threads);
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(http);
    server.start();
    return server;
  }
}
