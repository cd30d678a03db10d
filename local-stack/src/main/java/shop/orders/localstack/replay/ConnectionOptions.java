package shop.orders.localstack.replay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import shop.orders.localstack.cli.Home;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.Listening;

/** Which API to talk to: options, else the environment, else what {@code ./oms up} left in {@code .oms/demo.env}. */
public final class ConnectionOptions {
  @Option(names = "--url", paramLabel = "URL", description = "address of the order API; else OMS_URL, else what `oms up` started")
  private @Nullable String url;

  @Option(names = "--account", paramLabel = "NAME", description = "else OMS_ACCOUNT")
  private @Nullable String account;

  @Option(names = "--app-key", paramLabel = "KEY", description = "else OMS_APP_KEY; its token is read from OMS_APP_TOKEN alone")
  private @Nullable String appKey;

  /** Said to the user as it is. */
  public static final class NotConnected extends Exception {
    private static final long serialVersionUID = 1;

    NotConnected(String message) {
      super(message);
    }
  }

  /** @throws NotConnected if it is not said which API, or nothing listens there */
  public Connection connection() throws NotConnected {
    var connection = connection(System.getenv(), Home.current().demoEnv());
    if (!listens(connection.url())) throw new NotConnected("nothing listens at " + connection.url() + ": is the stack up? (./oms up)");
    return connection;
  }

  Connection connection(Map<String, String> environment, Path file) throws NotConnected {
    var left = left(file);
    var address = first(url, environment, left, "OMS_URL", file);
    try {
      return new Connection(URI.create(address), first(account, environment, left, "OMS_ACCOUNT", file),
          first(appKey, environment, left, "OMS_APP_KEY", file), first(null, environment, left, "OMS_APP_TOKEN", file));
    } catch (IllegalArgumentException e) {
      throw new NotConnected("not the address of a server: " + address);
    }
  }

  /** Once, before anything is sent: a server that goes away later is waited for. */
  private static boolean listens(URI address) {
    int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    return Listening.at(new InetSocketAddress(String.valueOf(address.getHost()), port));
  }

  private static String first(@Nullable String option, Map<String, String> environment, Properties left, String name, Path file)
      throws NotConnected {
    if (option != null) return option;
    var value = environment.getOrDefault(name, left.getProperty(name));
    if (value == null || value.isBlank()) {
      throw new NotConnected(name + " is neither in the environment nor in " + file + ": is the stack up? (./oms up)");
    }
    return value.strip();
  }

  private static Properties left(Path file) throws NotConnected {
    var left = new Properties();
    if (!Files.isRegularFile(file)) return left;
    try (var in = Files.newBufferedReader(file)) {
      left.load(in);
      return left;
    } catch (IOException e) {
      throw new NotConnected(file + " cannot be read: " + e.getMessage());
    }
  }
}
