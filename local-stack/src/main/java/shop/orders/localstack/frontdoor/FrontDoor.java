package shop.orders.localstack.frontdoor;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The one address connectors know, as a process of its own. Listens on the loopback address and holds nothing. */
@Command(name = "front-door", description = "Passes requests on to the workflow or the search service.", mixinStandardHelpOptions = true)
public final class FrontDoor implements Callable<Integer> {
  /**
   * What real order ids bring along: encoded slashes, hashes and percent signs. Segments that are dots in disguise stay refused.
   */
  private static final UriCompliance URIS = UriCompliance.DEFAULT.with(
      "order-ids",
      EnumSet.of(Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING, Violation.AMBIGUOUS_EMPTY_SEGMENT)
          .toArray(Violation[]::new));

  private static final int HEADER_BYTES = 32 * 1024;

  @Option(names = "--port", required = true, description = "port to listen on; 0 for any")
  private int port;

  @Option(names = "--workflow", required = true, paramLabel = "URL", description = "base address of the workflow service")
  private URI workflow;

  @Option(names = "--search", required = true, paramLabel = "URL", description = "base address of the search service")
  private URI search;

  @Option(names = "--silence-limit", paramLabel = "SECONDS", defaultValue = "30",
      description = "how long a service may say nothing before its caller gets an error (default: ${DEFAULT-VALUE})")
  private long silenceLimitSeconds;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new FrontDoor()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var server = server(port, workflow, search, Duration.ofSeconds(silenceLimitSeconds));
    server.setStopAtShutdown(true);
    server.start();
    server.join();
    return 0;
  }

  /** Not started. {@code server.getURI().getPort()} tells the port afterwards. */
  static Server server(int port, URI workflow, URI search, Duration silenceLimit) {
    var threads = new QueuedThreadPool(32, 4);
    threads.setName("front-door");
    var server = new Server(threads);
    var http = new HttpConfiguration();
    http.setUriCompliance(URIS);
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    // Longer than the services are waited for, so that their silence is answered and not cut off.
    connector.setIdleTimeout(silenceLimit.plusSeconds(30).toMillis());
    server.addConnector(connector);
    server.setHandler(new Router(workflow, search, silenceLimit));
    server.setStopTimeout(2000);
    return server;
  }
}
