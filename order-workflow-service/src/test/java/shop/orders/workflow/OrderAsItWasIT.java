package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The order as it was, by version and by time. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderAsItWasIT {
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
  void everyAnswer_isGivenAgainByItsVersionAndByItsTime() {
    var id = shop.place();
    var answers = new LinkedHashMap<Long, Api.Answer>();
    remember(id, answers);
    List<Runnable> life =
        List.of(
            () -> shop.pay(id),
            () -> shop.api.post(Shop.orders(id) + "/start-handling", null),
            () -> shop.invoice(id, "N1"),
            () -> shop.track(id, "N1", false),
            () -> shop.track(id, "N1", true));
    for (var step : life) {
      step.run();
      remember(id, answers);
    }
    assertThat(answers).hasSize(life.size() + 1);
    answers.forEach(
        (version, answer) -> {
          assertSame(answer, get(id, "version", String.valueOf(version)));
          assertSame(answer, get(id, "at", answer.json().path("lastChange").asString()));
        });
  }

  @Test
  void at_readsATimeAsClientsWriteIt() {
    var id = shop.paid();
    var answer = shop.api.get(Shop.orders(id));
    var text = answer.json().path("lastChange").asString();
    var lastChange = OffsetDateTime.parse(text);
    var elsewhere = lastChange.withOffsetSameInstant(ZoneOffset.ofHours(2)).toString();
    for (var written : List.of(text, text.replace("+00:00", "Z"), text.replace("+00:00", ""), elsewhere, String.valueOf(lastChange.toInstant().toEpochMilli() + 1))) {
      assertSame(answer, get(id, "at", written));
    }
    assertSame(answer, shop.api.get(Shop.orders(id) + "?at=" + elsewhere)); // the plus sign arrives as a blank
  }

  @Test
  void at_isNotFoundBeforeTheOrder() {
    var id = shop.place();
    var created = OffsetDateTime.parse(shop.order(id, "").path("creationDate").asString());
    assertThat(get(id, "at", created.minusNanos(1000).toString()).status()).isEqualTo(404);
    assertThat(get(id, "at", created.toString()).status()).isEqualTo(200);
    assertThat(get(id, "version", "4").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"version, 0", "version, -1", "version, one", "version, ''", "version, 1.5", "version, 99999999999999999999", "at, yesterday", "at, ''", "at, 2026-13-01T00:00:00Z", "at, 1e9"})
  void nonsense_isRefused(String name, String value) {
    var answer = get(shop.place(), name, value);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().at("/error/code").asString()).isEqualTo("OMS001");
  }

  @Test
  void versionAndTimeTogether_areRefused() {
    assertThat(shop.api.get(Shop.orders(shop.place()) + "?version=1&at=0").status()).isEqualTo(400);
  }

  @Test
  void seq_namesTheFirstOrderOfItsGroup() {
    var line = Shop.order("1");
    var placed = shop.api.post("/api/oms/pvt/orders", List.of(line, line)).json();
    var first = shop.api.get(Shop.orders(placed.path(0).path("orderId").asString()));
    var sequence = first.json().path("sequence").asString();
    assertSame(first, shop.api.get(Shop.orders("seq" + sequence)));
    assertSame(shop.api.get(Shop.orders(first.json().path("orderId").asString()) + "?version=1"), shop.api.get(Shop.orders("seq" + sequence) + "?version=1"));
    assertThat(shop.api.get(Shop.orders("seq999999")).json().at("/error/code").asString()).isEqualTo("OMS007");
    assertThat(shop.api.get(Shop.orders("seqx")).status()).isEqualTo(404);
  }

  private void remember(String id, Map<Long, Api.Answer> answers) {
    var answer = shop.api.get(Shop.orders(id));
    answers.put(version(answer), answer);
  }

  private Api.Answer get(String id, String name, String value) {
    return shop.api.get(Shop.orders(id) + "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private static void assertSame(Api.Answer one, Api.Answer other) {
    assertThat(other.status()).as(other.text()).isEqualTo(200);
    assertThat(other.text()).isEqualTo(one.text());
    assertThat(version(other)).isEqualTo(version(one));
  }

  private static long version(Api.Answer answer) {
    return Long.parseLong(answer.headers().firstValue("X-Order-Version").orElseThrow());
  }
}
