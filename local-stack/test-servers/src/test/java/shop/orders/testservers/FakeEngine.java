package shop.orders.testservers;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Docker engine that says it is there, runs nothing, has no image and gets none. */
final class FakeEngine implements AutoCloseable {
  private static final String ABOUT_ITSELF = """
      {"ID": "fake", "Name": "fake", "OSType": "linux", "OperatingSystem": "none", "ServerVersion": "28.0.0", "MemTotal": 1073741824,
       "Version": "28.0.0", "ApiVersion": "1.48", "MinAPIVersion": "1.24", "Os": "linux", "Arch": "amd64", "KernelVersion": "6"}""";

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  FakeEngine() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      var call = exchange.getRequestMethod() + " " + exchange.getRequestURI().toString().replaceFirst("^/v[\\d.]+", "");
      asked.add(URLDecoder.decode(call, StandardCharsets.UTF_8));
      exchange.getRequestBody().readAllBytes();
      var answer = answer(call.replaceFirst("\\?.*", ""));
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", answer.equals("OK") ? "text/plain" : "application/json");
      exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, call.startsWith("HEAD") || answer.isEmpty() ? -1 : bytes.length);
      if (!call.startsWith("HEAD")) exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
  }

  String host() {
    return "tcp://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method, path and query of every call so far. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** Empty for what it has not. */
  private static String answer(String call) {
    if (call.endsWith("/_ping")) return "OK";
    if (call.equals("GET /info") || call.equals("GET /version")) return ABOUT_ITSELF;
    if (call.equals("GET /containers/json") || call.equals("GET /images/json")) return "[]";
    return call.endsWith("/prune") ? "{}" : "";
  }
}
