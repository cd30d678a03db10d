package shop.orders.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.client.OmsClient;

/** The whole product, its canary's way broken in five places, from its end to its beginning: each is seen, and told by the stage it is. */
class CanaryIT {
  private static final OmsProcess OMS = new OmsProcess(Path.of("target", "canary"));
  private static final List<String> WAY = List.of("intake", "antifraud", "feed", "start-handling", "invoice", "search");
  private static final Duration EVERY = Duration.ofSeconds(6);

  /** Until its measure is reported, and read by all. */
  private static final Duration TOLD = Duration.ofSeconds(15);

  /** What a small machine with the whole product on it may take longer than was promised: waits of threads for a processor, above all. */
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(45);

  /** Each asks for all of a service's metrics, which is work, too. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static StatusPage workflow;
  private static StatusPage search;

  @BeforeAll
  static void up() {
    OMS.upOnFreePorts("--orders", "0", "--canary-every", String.valueOf(EVERY.toSeconds()));
    workflow = StatusPage.of(OMS, "order-workflow-service");
    search = StatusPage.of(OMS, "order-search-service");
  }

  @AfterAll
  static void down() {
    OMS.succeeds("down", "--wipe");
  }

  @Test
  void wayBrokenInFivePlaces_isSeenEachTime_andWholeAgainByItself() throws Exception {
    awaitWhole();

    OMS.succeeds("kill", "kafka");
    awaitSeen("search", workflow, search);
    OMS.succeeds("start", "kafka");
    awaitWhole();

    OMS.succeeds("kill", "elasticsearch");
    awaitSeen("search", workflow, search);

    var thieves = readTheCanarysFeed();
    awaitSeen("feed", workflow, search);
    thieves.shutdownNow();

    var partners = new OmsClient(new Connection(OMS.uri("partners"), "", "", ""), Duration.ofSeconds(5));
    partners.put("/control", Map.of("failRate", 1.0));
    awaitSeen("antifraud", workflow, search);
    var alarm = EVERY.multipliedBy(2).plus(Duration.ofSeconds(15)).plus(TOLD).plus(BUSY_MACHINE);
    await().atMost(alarm).until(() -> workflow.sentence("workflow").contains("our test orders do not get through the stage \"antifraud\" (the order is still payment-pending)"));
    await().atMost(TOLD.plus(BUSY_MACHINE)).until(() -> search.state("workflow").equals("DEGRADED")); // looks at a moment of its own
    assertThat(workflow.sentence("workflow")).contains("Order intake, your ERP feed and orders by id are not affected.");

    OMS.succeeds("freeze", "order-workflow-service");
    // The process that froze may have had the lease, which another has within a minute.
    await().atMost(Duration.ofMinutes(1).plus(BUSY_MACHINE)).pollInterval(LOOK_EVERY).until(() -> search.progressAges().getOrDefault("canary/intake", 0.0) > 0);

    OMS.succeeds("thaw", "order-workflow-service");
    partners.put("/control", Map.of("failRate", 0.0));
    OMS.succeeds("start", "elasticsearch");
    awaitWhole();
    OMS.succeeds("verify");
  }

  /** Within two rounds both services know of the stage, and blame no later one. */
  private static void awaitSeen(String stage, StatusPage... services) {
    await().atMost(EVERY.multipliedBy(2).plus(TOLD).plus(BUSY_MACHINE)).pollInterval(LOOK_EVERY).untilAsserted(() -> {
      for (var service : services) {
        var ages = service.progressAges();
        for (var each : WAY) assertThat(ages.getOrDefault("canary/" + each, 0.0) > 0).as(each).isEqualTo(each.equals(stage));
      }
    });
  }

  private static void awaitWhole() {
    await().atMost(Duration.ofMinutes(3)).pollInterval(LOOK_EVERY).untilAsserted(() -> {
      for (var service : List.of(workflow, search)) {
        for (var capability : List.of("intake", "workflow", "feed", "lookup", "search")) assertThat(service.sentence(capability)).contains(" works.");
        var ages = service.progressAges();
        for (var stage : WAY) assertThat(ages).containsEntry("canary/" + stage, 0.0);
      }
    });
  }

  /** Somebody uses the canary's key, and takes its events away before it hears of them. */
  private static ExecutorService readTheCanarysFeed() {
    var api = OMS.canaryApi();
    var threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) threads.execute(() -> take(api));
    return threads;
  }

  private static void take(OmsClient api) {
    try {
      while (true) {
        var handles = new ArrayList<String>();
        for (var event : Json.MAPPER.readTree(api.get("/api/orders/feed?maxlot=10&wait=20").body())) handles.add(event.path("handle").asString());
        if (!handles.isEmpty()) api.post("/api/orders/feed", Map.of("handles", handles));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // has taken enough
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
