package shop.orders.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import shop.orders.store.memory.InMemoryStore;

/** The edge by itself, with a server and a controller of the test's. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class EdgeTest {
  private static final String THINGS = "/api/oms/pvt/things";
  private static final String TOKEN = "token-of-the-tests";

  private final HttpClient http = HttpClient.newHttpClient();

  @Value("${local.server.port}")
  int port;

  @BeforeEach
  void key(@Autowired ApiKeys keys) {
    keys.save(ApiKey.of("key", "demo", TOKEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "text/html, */*;q=0", "junk", "application/json;q=nonsense", "*/"})
  void anApiCall_isAnsweredInJson_whateverAnswersAreAccepted(String accept) {
    assertJson(send("POST", THINGS, text("{}"), accept), 200, "{\"taken\":2}");
    assertJson(send("GET", THINGS, text(""), accept), 200, "\"things\"");
    assertJson(send("GET", "/api/oms/pvt/refused", text(""), accept), 404, "{\"error\":{\"code\":\"OMS007\",\"message\":\"Order Not Found\",\"exception\":null}}");
    assertJson(send("GET", "/api/oms/pvt/nothing", text(""), accept), 404, "\"code\":\"OMS404\"");
    assertJson(send("GET", "/api/orders/nothing", text(""), accept), 404, "\"title\":\"Not Found\"");
    assertJson(send("PUT", THINGS, text("{}"), accept), 405, "\"code\":\"OMS405\"");
  }

  @Test
  void whatIsNoApi_stillNegotiates() {
    assertThat(send("GET", "/page", text(""), "text/plain").body()).isEqualTo("a page");
    assertThat(send("GET", "/page", text(""), "application/xml").statusCode()).isEqualTo(406);
  }

  @Test
  void anOrderOfManyLines_isRead_asOftenAsItIsSent() {
    var line = "{" + "\"aNameOfUsualLength\":1234567,".repeat(80) + "\"last\":{}},";
    var order = "{\"items\":[" + line.repeat(4_999) + "{}]}";
    assertThat(order.length()).isGreaterThan(10 * 1024 * 1024);
    for (int i = 0; i < 4; i++) assertJson(send("POST", THINGS, text(order)), 200, "{\"taken\":" + order.length() + "}");
  }

  @ParameterizedTest
  @CsvSource({"'[],', 1600000", "'[', 5000", "'{\"a\":', 5000"})
  void aBodyOfTooManyPieces_orTooDeep_isRefusedInWords(String piece, int times) {
    for (int i = 0; i < 6; i++) assertJson(send("POST", THINGS, text("[" + piece.repeat(times))), 400, "The body is not read");
  }

  @Test
  void aBodyThatIsTooLarge_isRefused_withItsLengthToldOrNot() {
    var body = new byte[33 * 1024 * 1024];
    assertJson(send("POST", THINGS, BodyPublishers.ofByteArray(body)), 413, "\"code\":\"OMS413\"");
    for (int i = 0; i < 2; i++) assertJson(send("POST", THINGS, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))), 413, "\"code\":\"OMS413\"");
    assertJson(send("POST", THINGS, text("{}")), 200, "{\"taken\":2}");
  }

  @ParameterizedTest
  @CsvSource({"an=demo, 200", "AN=Demo, 200", "an=, 200", "an, 200", "accountname=demo, 200", "an=&accountName=other, 403", "An=other, 403", "ACCOUNTNAME=other, 403", "an=de%6do, 200"})
  void theAccountInTheQuery_isFoundInAnyCase_andAnEmptyOneIsNone(String query, int status) {
    assertThat(send("GET", THINGS + "?" + query, text("")).statusCode()).isEqualTo(status);
  }

  private static void assertJson(HttpResponse<String> answer, int status, String part) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(MediaType.APPLICATION_JSON_VALUE);
    assertThat(answer.body()).contains(part);
  }

  private static BodyPublisher text(String body) {
    return BodyPublishers.ofString(body, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body) {
    return send(method, path, body, "*/*");
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body, String accept) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .headers("X-VTEX-API-AppKey", "key", "X-VTEX-API-AppToken", TOKEN, "Accept", accept)
            .method(method, body)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    WebConfiguration.class
  })
  @Import(Things.class)
  static class Service {
    private final InMemoryStore store = new InMemoryStore(Clock.systemUTC());

    @Bean
    Settings settings() {
      return store.stores().settings();
    }

    @Bean
    OrderStore orders() {
      return store.stores().orders();
    }
  }

  @RestController
  static class Things {
    @PostMapping(THINGS)
    Map<String, Integer> take(Caller caller, JsonBody body) {
      body.requirePlain();
      return Map.of("taken", body.bytes().length);
    }

    @GetMapping(THINGS)
    Map<String, String> things() {
      return Map.of("things", "all");
    }

    @GetMapping("/api/oms/pvt/refused")
    Map<String, String> refuse() {
      throw ApiError.orderNotFound();
    }

    @GetMapping(path = "/page", produces = {"text/plain", "application/json"})
    String page() {
      return "a page";
    }
  }
}
