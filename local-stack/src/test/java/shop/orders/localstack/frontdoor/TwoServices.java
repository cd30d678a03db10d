package shop.orders.localstack.frontdoor;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stand-ins of the two services: each answers with its name and what it was sent. */
final class TwoServices implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer workflow;
  private final HttpServer search;

  TwoServices() throws IOException {
    workflow = echo("workflow");
    search = echo("search");
  }

  int workflow() {
    return workflow.getAddress().getPort();
  }

  int search() {
    return search.getAddress().getPort();
  }

  void stopSearch() {
    search.stop(0);
  }

  @Override
  public void close() {
    workflow.stop(0);
    search.stop(0);
    threads.shutdownNow();
  }

  private HttpServer echo(String name) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      var text = name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
          + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("X-Service", name);
      var head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("/answers-503") ? 503 : 200, head ? -1 : bytes.length);
      if (!head) exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.setExecutor(threads);
    server.start();
    return server;
  }
}
