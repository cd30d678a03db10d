package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OrderStorePropertiesTest {
  @EnableConfigurationProperties(OrderStoreProperties.class)
  static class Bound {}

  private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @Test
  void defaults_areTheOnesOfTheReadme() {
    context.run(c -> assertThat(c.getBean(OrderStoreProperties.class)).isEqualTo(OrderStoreProperties.forKeyspace("orders")));
  }

  @Test
  void everyKey_canBeSet() {
    context
        .withPropertyValues(
            "orders.store.keyspace=other",
            "orders.store.create-keyspace=false",
            "orders.store.replication.eu=3",
            "orders.store.replication-factor=2",
            "orders.store.consistency=QUORUM",
            "orders.store.serial-consistency=SERIAL",
            "orders.store.request-timeout=1s",
            "orders.store.commit-deadline=2s",
            "orders.store.startup-wait=3s")
        .run(
            c ->
                assertThat(c.getBean(OrderStoreProperties.class))
                    .isEqualTo(
                        new OrderStoreProperties(
                            "other",
                            false,
                            Map.of("eu", 3),
                            2,
                            DefaultConsistencyLevel.QUORUM,
                            DefaultConsistencyLevel.SERIAL,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(3))));
  }

  @Test
  void keyspace_mustBeAPlainName() {
    context.withPropertyValues("orders.store.keyspace=a; DROP").run(c -> assertThat(c).hasFailed());
  }
}
