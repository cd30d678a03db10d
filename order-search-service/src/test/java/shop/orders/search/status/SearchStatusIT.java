package shop.orders.search.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import shop.orders.search.SearchService;
import shop.orders.store.Settings;
import shop.orders.testservers.TestServers;
import shop.orders.web.lease.LeasedWork;
import tools.jackson.databind.JsonNode;

/** The status of a running search service: that all it does is measured, and that it sees a workflow service which is no more. */
class SearchStatusIT {
  @Test
  void deadWorkflow_isSeen_andAllThatSearchDoesIsMeasured() throws Exception {
    var kafka = TestServers.kafka().bootstrapServers();
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin.createTopics(List.of(new NewTopic("search-status", 2, (short) 1))).all().get();
    }
    try (var service =
        SearchService.startOn(
            TestServers.cassandra().hostAndPort(), kafka, TestServers.elasticsearch().uri(), List.of("demo"),
            "--orders.kafka.topic=search-status", "--orders.search.ingest.group=search-status", "--orders.store.keyspace=search_status", "--orders.status.every=500ms")) {
      var gone = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
      service
          .bean(Settings.class)
          .save(
              Settings.Kind.PROGRESS, "", "order-workflow-service/gone",
              "{\"service\":\"order-workflow-service\",\"process\":\"gone\",\"startedAt\":\"%s\",\"writtenAt\":\"%s\",\"measures\":{}}".formatted(gone, gone));
      await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
        for (var capability : List.of("intake", "workflow", "feed", "lookup")) assertThat(capability(service, capability).path("state").asString()).as(capability).isEqualTo("DOWN");
        assertThat(capability(service, "search").path("state").asString()).isEqualTo("UP");
      });
      assertThat(capability(service, "workflow").path("sentence").asString())
          .startsWith("Order processing is down since ")
          .endsWith(": the workflow service gives no sign of life. Also affected: order intake, your ERP feed and orders by id. Search is not affected.");
      assertThat(capability(service, "search").path("sentence").asString()).startsWith("Search works. It shows orders as they are; order processing is down since ");
      var report = service.bean(Settings.class).list(Settings.Kind.PROGRESS, "").entrySet().stream().filter(each -> each.getKey().startsWith("order-search-service/")).findFirst().orElseThrow().getValue();
      assertThat(report).contains("\"query\"", "\"kafka\"", "\"ingest/0\"", "\"ingest/1\"", "\"ingest/2\"", "\"refill\"", "\"fill\"", "\"rebuild\"", "\"reconcile\"");
      assertThat(service.get("/actuator/health/readiness", "demo").status()).isEqualTo(200);
      assertThat(service.get("/actuator/health/progress", "demo").status()).isEqualTo(503);

      assertThat(service.beans(LeasedWork.class))
          .as("leases are given back before requests are waited for")
          .hasSize(4)
          .allSatisfy(work -> assertThat(work.getPhase()).isGreaterThan(WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE));
    }
  }

  private static JsonNode capability(SearchService service, String name) {
    for (var each : service.send("GET", "/status", Map.of("Accept", "application/json"), null).body().path("capabilities")) if (each.path("name").asString().equals(name)) return each;
    throw new AssertionError("no " + name);
  }
}
