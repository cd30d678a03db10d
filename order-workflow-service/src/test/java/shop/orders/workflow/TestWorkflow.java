package shop.orders.workflow;

import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.test.context.DynamicPropertyRegistry;
import shop.orders.testservers.CassandraAddress;

/** Settings of a service under test: a keyspace of its own on the shared server. Whoever waits for the service without a limit of his own waits for a minute. */
public final class TestWorkflow {
  private TestWorkflow() {}

  public static void properties(DynamicPropertyRegistry registry, CassandraAddress cassandra, String kafka) {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // ten seconds may be too few on a busy machine
    var keyspace = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    registry.add("spring.cassandra.contact-points", cassandra::hostAndPort);
    registry.add("spring.cassandra.local-datacenter", cassandra::datacenter);
    registry.add("orders.store.keyspace", () -> keyspace);
    registry.add("spring.kafka.bootstrap-servers", () -> kafka);
  }
}
