package shop.orders.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** With nobody there: neither Kafka nor Elasticsearch, nor even a name for Kafka. */
@ExtendWith(OutputCaptureExtension.class)
class StartsAloneIT {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @Test
  void service_startsIsReadyAndSaysWhatIsMissing(CapturedOutput output) {
    try (var service = SearchService.start(new HeldOrders(), "127.0.0.1:1", NOBODY, List.of("demo"))) {
      assertThat(service.get("/actuator/health/readiness", "demo").body().toString()).isEqualTo("{\"status\":\"UP\"}");
      assertThat(service.get("/actuator/health/liveness", "demo").body().toString()).isEqualTo("{\"status\":\"UP\"}");
      await().atMost(Duration.ofSeconds(60)).until(() -> output.getAll().contains("Kafka does not answer"));
      var deps = service.get("/actuator/health/deps", "demo");
      assertThat(deps.status()).isEqualTo(503);
      assertThat(deps.body().at("/components/elasticsearch/status").asString()).isEqualTo("DOWN");
      assertThat(deps.body().at("/components/kafka/status").asString()).isEqualTo("DOWN");
      var asked = Instant.now();
      var answer = service.list("demo", "");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body().at("/error/code").asString()).isEqualTo("OMS503");
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(8)); // and not after the ten that a list may take
      assertThat(service.get("/actuator/prometheus", "demo").status()).isEqualTo(200);
      // Two more looks at Kafka say nothing new.
      await().during(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(60)).until(() -> complaintsAboutKafka(output) == 1);
    }
  }

  @Test
  void kafkaNameThatDoesNotResolve_isWaitedFor(CapturedOutput output) {
    try (var service = SearchService.start(new HeldOrders(), "no-such-host.invalid:9092", NOBODY, List.of("demo"))) {
      assertThat(service.get("/actuator/health/readiness", "demo").status()).isEqualTo(200);
      await().atMost(Duration.ofSeconds(60)).until(() -> output.getAll().contains("Kafka does not answer"));
    }
  }

  private static long complaintsAboutKafka(CapturedOutput output) {
    return output.getAll().lines().filter(line -> line.matches("(?i).*kafka.*") && line.matches(".* (WARN|ERROR) .*")).count();
  }
}
