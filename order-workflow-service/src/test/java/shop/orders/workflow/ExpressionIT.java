package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An order expression tried on a document. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ExpressionIT {
  private static final String PATH = "/api/orders/expressions/jsonata";

  @Value("${local.server.port}")
  int port;

  private Shop shop;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    Shop.properties(registry);
  }

  @BeforeEach
  void open() {
    shop = new Shop(port);
  }

  @Test
  void expression_isTrueOrFalse() {
    assertThat(tried("status = \"canceled\"", "{\"status\":\"canceled\"}").text()).isEqualTo("true");
    assertThat(tried("status = \"canceled\"", "{\"status\":\"handling\"}").text()).isEqualTo("false");
    assertThat(tried("$count(items[price > 100])", "{\"items\":[{\"price\":1e1}]}").text()).isEqualTo("false");
  }

  @Test
  void expression_isTriedOnAnOrdersOwnDocument() {
    var document = shop.api.get("/api/orders/pvt/document/" + shop.paid()).text();
    assertThat(tried("status = 'ready-for-handling' and clientProfileData.email = 'ana@example.com'", document).text()).isEqualTo("true");
    assertThat(tried("value < 100", document).text()).isEqualTo("false");
  }

  @Test
  void names_mayBeInAnyCaseAndTheBodyOfAnyType() {
    var body = "{\"expression\":\"a = 1\",\"DOCUMENT\":\"{\\\"a\\\":1}\"}";
    for (var type : new String[] {"application/json", "text/plain", "application/x-www-form-urlencoded"}) {
      assertThat(shop.api.send("POST", PATH, body, Map.of("Content-Type", type)).text()).isEqualTo("true");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = Fixtures.PLACE, matches = ".+", disabledReason = Fixtures.ABSENT)
  void publicSample_isTrue() throws IOException {
    var sample = Files.readString(Path.of(System.getProperty(Fixtures.PLACE), "fixtures", "feed", "jsonata-test-request.json"));
    var answer = shop.api.send("POST", PATH, sample, Map.of("Content-Type", "application/json"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", value = {
      "-                                                                          | body       | A JSON body is required",
      "[]                                                                         | body       | must be an object",
      "{}                                                                         | Expression | The Expression field is required",
      "{\"Expression\":\"a\"}                                                     | Document   | The Document field is required",
      "{\"Expression\":5,\"Document\":\"{}\"}                                     | Expression | must be a text",
      "{\"Expression\":\"a\",\"Document\":{\"a\":1}}                              | Document   | must be a text",
      "{\"Expression\":\"a\",\"Document\":\"{a\"}                                 | Document   | must be JSON",
      "{\"Expression\":\"a = \",\"Document\":\"{}\"}                              | Expression | does not compile",
      "{\"Expression\":\"$now()\",\"Document\":\"{}\"}                            | Expression | $now is not allowed",
      "{\"Expression\":\"a > 'x'\",\"Document\":\"{\\\"a\\\":1}\"}                | Expression | cannot be evaluated",
      "{\"Expression\":\"$count([1..9999999])\",\"Document\":\"{}\"}              | Expression | takes more than is allowed",
      "{\"Expression\":\"a > 1\",\"Document\":\"{\\\"a\\\":1e1000000000}\"}        | Expression | beyond all measure",
  })
  void errors_areProblemDetails(@Nullable String body, String field, String reason) {
    var answer = shop.api.send("POST", PATH, body, Map.of("Content-Type", "application/json"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("status").asInt()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(field).path(0).asString()).as(answer.text()).contains(reason);
  }

  @Test
  void documentOfManyLevels_isRefused() {
    var answer = tried("a", "[".repeat(400) + "]".repeat(400));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").propertyNames()).containsExactly("Expression");
    assertThat(tried("a", "[".repeat(100_000)).status()).isEqualTo(400);
  }

  @Test
  void documentOfManyMegabytes_isRefused() {
    var answer = tried("a", "{\"a\":\"" + "x".repeat(5_000_000) + "\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").propertyNames()).containsExactly("Document");
  }

  private Api.Answer tried(String expression, String document) {
    return shop.api.post(PATH, Map.of("Expression", expression, "Document", document));
  }
}
