package shop.orders.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./oms search} against a stand-in of the search service. */
class SearchCommandTest {
  @TempDir Path temporary;
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer service;

  private record Said(int exit, String out, String error) {}

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/", exchange -> {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
      var token = exchange.getRequestHeaders().getFirst("X-Operator-Token");
      var known = Secrets.of(Home.current()).operator().equals(token);
      var answer = (known ? answers.remove() : "{\"error\":{}}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    service.start();
    System.setProperty("oms.home", temporary.toString());
    Files.createDirectories(temporary.resolve("local-stack"));
    Files.createSymbolicLink(temporary.resolve("local-stack/servers"), Path.of("servers").toAbsolutePath());
    var settings = new Properties();
    settings.setProperty("port." + PortName.ORDER_SEARCH_SERVICE.toString(), Integer.toString(service.getAddress().getPort()));
    Home.current().keepSettings(settings);
  }

  @AfterEach
  void stop() throws IOException {
    service.stop(0);
    Files.delete(temporary.resolve("local-stack/servers")); // JUnit warns of links out of what it deletes
    System.clearProperty("oms.home");
  }

  @Test
  void problems_areListedPageByPage() {
    answers.add("{\"problems\":[{\"order\":\"demo/v1-01\",\"kind\":\"skeleton\",\"reason\":\"400 too deep\",\"since\":\"2026-11-25T09:00:00Z\"}],\"next\":\"demo/v1-01\"}");
    answers.add("{\"problems\":[{\"order\":\"demo/v2-01\",\"kind\":\"unreadable\",\"reason\":\"what is this\"}],\"next\":null}");
    var said = oms("search", "problems", "--account", "demo");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("skeleton", "demo/v1-01", "400 too deep", "2026-11-25T09:00:00Z", "unreadable", "demo/v2-01", "2 orders");
    assertThat(asked).containsExactly("GET /operator/search/problems?account=demo", "GET /operator/search/problems?account=demo&from=demo%2Fv1-01");
  }

  @Test
  void noProblem_isSaid() {
    answers.add("{\"problems\":[]}");
    assertThat(oms("search", "problems")).matches(said -> said.exit() == 0 && said.out().contains("as it should be"));
  }

  @Test
  void retryOfAll_goesThroughEveryPage() {
    answers.add("{\"results\":[{\"order\":\"demo/v1-01\",\"outcome\":\"whole\"}],\"next\":\"demo/v1-01\"}");
    answers.add("{\"results\":[{\"order\":\"demo/v2-01\",\"outcome\":\"skeleton\",\"reason\":\"400 too deep\"}]}");
    var said = oms("search", "retry");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("whole", "demo/v1-01", "demo/v2-01  400 too deep", "1 are whole now, 1 are not");
    assertThat(asked).containsExactly("POST /operator/search/retry {}", "POST /operator/search/retry {\"from\":\"demo/v1-01\"}");
  }

  @Test
  void retryOfSome_namesThem() {
    answers.add("{\"results\":[{\"order\":\"demo/v1-01\",\"outcome\":\"whole\"}]}");
    assertThat(oms("search", "retry", "demo/v1-01").exit()).isZero();
    assertThat(asked).containsExactly("POST /operator/search/retry {\"orders\":[\"demo/v1-01\"]}");
  }

  @Test
  void serviceThatIsNotThere_isSaidInWords() {
    service.stop(0);
    var said = oms("search", "problems");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.error()).contains("/operator/search/problems does not answer");
  }

  private static Said oms(String... arguments) {
    var out = new StringWriter();
    var error = new StringWriter();
    var exit = Oms.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error)).execute(arguments);
    return new Said(exit, out.toString(), error.toString());
  }
}
