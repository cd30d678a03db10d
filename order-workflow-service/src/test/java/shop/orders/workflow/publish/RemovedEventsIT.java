package shop.orders.workflow.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.localstack.server.Kafka;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.testservers.TestServers;
import shop.orders.workflow.Api;
import shop.orders.workflow.TestWorkflow;

/** Kafka is away so long that retention removes what it did not take, whole partitions of the log among it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class RemovedEventsIT {
  private static final Kafka KAFKA = new Kafka(Kafka.Settings.forTests(TestServers.privateDirectory()));
  private static final int ALL = 30_010;
  private static final String OPERATOR = "operator-token-of-the-test";

  @Value("${local.server.port}")
  int port;

  @Value("${orders.store.keyspace}")
  String keyspace;

  @Autowired EventLog log;
  @Autowired CqlSession session;
  @Autowired MeterRegistry meters;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), KAFKA.bootstrapServers());
    registry.add("orders.operator.token", () -> OPERATOR);
  }

  @AfterAll
  static void stop() {
    KAFKA.kill();
  }

  @Test
  void whatWasRemovedUnpublished_isCounted_andTheRestIsPublished() {
    var account = "t" + UUID.randomUUID().toString().substring(0, 8);
    var now = Instant.now();
    for (int done = 0; done < ALL; done += 1_000) {
      var entries = IntStream.range(done, Math.min(ALL, done + 1_000)).mapToObj(i -> new LogEntry("o" + i, 1, "handling", "start-handling", "Fulfillment", "moved", now, now, now)).toList();
      assertThat(log.append(account, done, entries)).isPresent();
    }
    for (int bucket = 0; bucket < 3; bucket++) {
      session.execute("DELETE FROM " + keyspace + ".event_log WHERE account = ? AND bucket = " + bucket + " AND seq >= 0", account);
    }
    session.execute("DELETE FROM " + keyspace + ".event_log WHERE account = ? AND bucket = 3 AND seq IN (30004, 30005)", account);
    // Not sooner: the publisher may hold what it has read for as long as it tries to send it, and Kafka may be back by then.
    Api.newAccount(port, OPERATOR, account, "PT0S", null);
    KAFKA.start();
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers(), ConsumerConfig.GROUP_ID_CONFIG, "test",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.METADATA_MAX_AGE_CONFIG, "500");
    var keys = new TreeSet<String>();
    try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("orders.events"));
      await().atMost(Duration.ofSeconds(60)).until(() -> {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> keys.add(record.key()));
        return keys.size() >= 8;
      });
    }
    assertThat(keys).containsExactlyElementsOf(IntStream.of(30000, 30001, 30002, 30003, 30006, 30007, 30008, 30009).mapToObj(i -> account + "/o" + i).toList());
    await().untilAsserted(() -> assertThat(meters.get("orders.publish.missed").counter().count()).isEqualTo(30_002));
  }
}
