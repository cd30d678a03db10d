package shop.orders.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The whole product as separate processes on free ports: what dies, hangs and comes back, and that every order is accounted for. */
class WholeProductIT {
  private static final OmsProcess OMS = new OmsProcess(Path.of("target", "whole-product"));

  @BeforeAll
  static void up() {
    assertThat(OMS.upOnFreePorts("--orders", "30")).contains("30 at their end");
  }

  @AfterEach
  void bringBack() {
    OMS.bringBack();
  }

  @AfterAll
  static void down() {
    OMS.succeeds("down", "--wipe");
  }

  @Test
  void ordersFlow_andEverythingIsAccountedFor() {
    OMS.succeeds("verify");
    assertThat(OMS.succeeds("up")).as("a second up").contains("already");
  }

  @Test
  void withKafkaAndElasticsearchDead_ordersReachTheirEndAndWorkflowStarts() {
    OMS.succeeds("kill", "elasticsearch");
    OMS.succeeds("kill", "kafka");
    OMS.succeeds("kill", "order-workflow-service");
    OMS.succeeds("start", "order-workflow-service");
    replay(30, 2);
    OMS.succeeds("start", "kafka");
    OMS.succeeds("start", "elasticsearch");
    OMS.succeeds("verify");
  }

  @Test
  void withKafkaAndElasticsearchFrozen_ordersReachTheirEnd() {
    OMS.succeeds("freeze", "elasticsearch");
    OMS.succeeds("freeze", "kafka");
    replay(30, 3);
    OMS.succeeds("thaw", "kafka");
    OMS.succeeds("thaw", "elasticsearch");
    OMS.succeeds("verify");
  }

  @Test
  void workflowKilledInTheMiddle_losesNothing() {
    killedInTheMiddle("order-workflow-service", 4);
  }

  @Test
  void searchKilledInTheMiddle_losesNothing() {
    killedInTheMiddle("order-search-service", 5);
  }

  @Test
  void cassandraKilledInTheMiddle_losesNothing() {
    killedInTheMiddle("cassandra", 6);
  }

  /** Each service sees the other stand still within a minute, and workflow needs nobody of search's to be ready and to say so. */
  @Test
  void whoStandsStill_isSeenByTheOther_andWordsSayWhatWorks() {
    var workflow = StatusPage.of(OMS, "order-workflow-service");
    var search = StatusPage.of(OMS, "order-search-service");
    await().atMost(Duration.ofMinutes(3)).until(() -> OMS.start("status").exitCode() == 0);

    OMS.succeeds("freeze", "order-workflow-service");
    await().atMost(Duration.ofSeconds(60)).until(() -> search.state("workflow").equals("DOWN"));
    assertThat(search.sentence("workflow")).contains("the workflow service gives no sign of life", "Search is not affected.");
    var shown = OMS.start("status");
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.output()).contains("order-workflow-service does not answer").containsPattern("workflow +- +DOWN +Order processing is down since ");
    OMS.succeeds("thaw", "order-workflow-service");
    await().atMost(Duration.ofMinutes(2)).until(() -> search.state("workflow").equals("UP"));

    OMS.succeeds("kill", "elasticsearch");
    OMS.succeeds("kill", "kafka");
    OMS.succeeds("freeze", "order-search-service");
    await().atMost(Duration.ofSeconds(60)).until(() -> workflow.state("search").equals("DOWN") && workflow.sentence("search").contains("the search service gives no sign of life"));
    assertThat(OMS.start("status").output()).contains("order-search-service does not answer").containsPattern("search +DOWN +- +Search is down since ");
    OMS.succeeds("kill", "order-search-service");
    assertThat(workflow.readiness()).isEqualTo(200);
    for (var capability : List.of("intake", "workflow", "feed", "lookup")) {
      assertThat(workflow.state(capability)).as(capability).isEqualTo("UP");
      assertThat(workflow.sentence(capability)).contains(" works.", "It does not need search, and search is down since ");
    }
    assertThat(workflow.sentence("search")).endsWith("Order intake, order processing, your ERP feed and orders by id are not affected.");
    replay(10, 7);
    assertThat(OMS.succeeds("up")).contains("already up, except kafka, elasticsearch, order-search-service").doesNotContain("order-workflow-service   ready after");
    OMS.succeeds("verify");
  }

  /** The Olist files are not part of this project: {@code -Dolist.data=DIR}. */
  @Test
  @EnabledIfSystemProperty(named = "olist.data", matches = ".+", disabledReason = "the Olist files are not part of this project; give their place with -Dolist.data=DIR")
  void realBaskets_reachTheEndTheirDataSays() {
    OMS.succeeds("replay", "olist", System.getProperty("olist.data"), "--limit", "100", "--rate", "50");
    OMS.succeeds("verify");
  }

  private static void killedInTheMiddle(String process, int seed) {
    var replay = OMS.start("replay", "generated", "--count", "60", "--rate", "10", "--seed", String.valueOf(seed));
    await().atMost(Duration.ofMinutes(2)).until(() -> replay.printedSoFar().contains(" placed"));
    OMS.succeeds("kill", process);
    OMS.succeeds("start", process);
    assertThat(replay.exitCode()).as(replay.output()).isZero();
    OMS.succeeds("verify");
  }

  private static void replay(int count, int seed) {
    OMS.succeeds("replay", "generated", "--count", String.valueOf(count), "--rate", "20", "--seed", String.valueOf(seed));
  }
}
