package shop.orders.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Leases;
import shop.orders.store.Settings;
import shop.orders.web.ApiKey;
import shop.orders.web.ApiKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port, asked over HTTP; only the store behind it is the test's. */
public final class SearchService implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> NO_CASSANDRA =
      List.of(
          "shop.orders.store.cassandra.OrderStoreAutoConfiguration",
          "org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration",
          "org.springframework.boot.data.cassandra.autoconfigure.DataCassandraAutoConfiguration");

  private static final String OPERATOR = "operator-of-tests";

  /** What would put right behind a test's back what it did is turned on where it is tested; a busy machine answers late. */
  private static final String[] UNLESS_TOLD_OTHERWISE = {"orders.search.reconcile.enabled=false", "orders.search.index.search-timeout=10s"};

  private final ConfigurableApplicationContext context;
  private final int port;

  private SearchService(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  /** @param accounts each gets a key named like itself, with token {@code t} */
  public static SearchService start(HeldOrders orders, String kafka, URI elasticsearch, List<String> accounts, String... properties) {
    var arguments = new ArrayList<>(List.of(properties));
    arguments.add("--server.port=0");
    arguments.add("--orders.operator.token=" + OPERATOR);
    arguments.add("--server.address=127.0.0.1");
    arguments.add("--spring.kafka.bootstrap-servers=" + kafka);
    arguments.add("--spring.elasticsearch.uris=" + elasticsearch);
    arguments.add("--spring.autoconfigure.exclude=" + String.join(",", NO_CASSANDRA));
    var context =
        new SpringApplicationBuilder(SearchApplication.class, Stored.class)
            .properties(UNLESS_TOLD_OTHERWISE)
            .initializers(c -> ((GenericApplicationContext) c).registerBean(HeldOrders.class, () -> orders))
            .run(arguments.toArray(String[]::new));
    return ready(context, accounts);
  }

  /** With everything real: orders are what Cassandra holds. */
  public static SearchService startOn(String cassandra, String kafka, URI elasticsearch, List<String> accounts, String... properties) {
    return startOn(cassandra, kafka, elasticsearch, accounts, c -> {}, properties);
  }

  private static SearchService startOn(
      String cassandra, String kafka, URI elasticsearch, List<String> accounts, ApplicationContextInitializer<?> more, String... properties) {
    var arguments = new ArrayList<>(List.of(properties));
    arguments.add("--server.port=0");
    arguments.add("--orders.operator.token=" + OPERATOR);
    arguments.add("--server.address=127.0.0.1");
    arguments.add("--spring.cassandra.contact-points=" + cassandra);
    arguments.add("--spring.cassandra.local-datacenter=datacenter1");
    arguments.add("--spring.kafka.bootstrap-servers=" + kafka);
    arguments.add("--spring.elasticsearch.uris=" + elasticsearch);
    return ready(new SpringApplicationBuilder(SearchApplication.class).properties(UNLESS_TOLD_OTHERWISE).initializers(more).run(arguments.toArray(String[]::new)), accounts);
  }

  /** As {@link #startOn(String, String, URI, List, String...)}, with one bean of the test's own. */
  public static <T> SearchService startOn(String cassandra, String kafka, URI elasticsearch, List<String> accounts, Class<T> type, T bean, String... properties) {
    return startOn(cassandra, kafka, elasticsearch, accounts, c -> ((GenericApplicationContext) c).registerBean(type, () -> bean), properties);
  }

  private static SearchService ready(ConfigurableApplicationContext context, List<String> accounts) {
    var keys = context.getBean(ApiKeys.class);
    for (var account : accounts) {
      keys.save(ApiKey.of(account, account, "t"));
      context.getBean(Settings.class).save(Settings.Kind.ACCOUNT, "", account, "{}");
    }
    return new SearchService(context);
  }

  /** What came back. @param body a missing node if it is no JSON */
  public record Answer(int status, Map<String, List<String>> headers, JsonNode body) {}

  /** The list of {@code account}; {@code query} goes into the URL as it stands. */
  public Answer list(String account, String query) {
    return get("/api/oms/pvt/orders" + query, account);
  }

  public Answer get(String path, String account) {
    return send("GET", path, Map.of("X-VTEX-API-AppKey", account, "X-VTEX-API-AppToken", "t"), null);
  }

  /** As the operator, with the token the service was started with. @param body JSON; null for none */
  public Answer operator(String method, String path, @Nullable String body) {
    return send(method, path, Map.of("X-Operator-Token", OPERATOR, "Content-Type", "application/json"), body);
  }

  public Answer send(String method, String path, Map<String, String> headers, @Nullable String body) {
    try {
      // Not HttpClient: it refuses the raw brackets that real clients send.
      var connection = (HttpURLConnection) new URL("http://127.0.0.1:" + port + path).openConnection();
      connection.setRequestMethod(method);
      headers.forEach(connection::setRequestProperty);
      connection.setReadTimeout(20_000);
      if (body != null) {
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
      var status = connection.getResponseCode();
      try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        var text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(status, connection.getHeaderFields(), text.startsWith("{") ? JSON.readTree(text) : JSON.missingNode());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  @Override
  public void close() {
    context.close();
  }

  /** Without an annotation: the service's own scan must not find it. */
  static class Stored {
    @Bean
    Settings settings(HeldOrders orders) {
      return orders.beside().settings();
    }

    @Bean
    EventLog eventLog(HeldOrders orders) {
      return orders.beside().eventLog();
    }

    @Bean
    Cursors cursors(HeldOrders orders) {
      return orders.beside().cursors();
    }

    @Bean
    Leases leases(HeldOrders orders) {
      return orders.beside().leases();
    }
  }
}
