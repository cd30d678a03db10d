package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import shop.orders.store.OrderStore;
import shop.orders.store.SampleOrders;
import shop.orders.store.Settings;
import shop.orders.testservers.TestServers;

/** A service gets every port by having the module on its class path. */
class OrderStoreAutoConfigurationIT {
  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(OrderStoreAutoConfiguration.class, CassandraAutoConfiguration.class))
          .withPropertyValues("spring.cassandra.local-datacenter=datacenter1", "orders.store.keyspace=" + TestKeyspace.newProperties().keyspace());

  @Test
  void service_createsItsKeyspaceAndWrites() {
    service
        .withPropertyValues("spring.cassandra.contact-points=" + TestServers.cassandra().hostAndPort())
        .run(
            context -> {
              assertThat(context).hasSingleBean(OrderStore.class).hasSingleBean(Settings.class);
              var store = context.getBean(OrderStore.class);
              var order = SampleOrders.placed(store);
              assertThat(store.find(order.key())).contains(order);
            });
  }

  @Test
  void service_givesUpAfterItsStartupWait() throws Exception {
    try (var nobody = new ServerSocket(0)) {
      var port = nobody.getLocalPort();
      nobody.close();
      service
          .withPropertyValues("spring.cassandra.contact-points=127.0.0.1:" + port, "orders.store.startup-wait=3s")
          .run(context -> assertThat(context).hasFailed().getFailure().hasMessageContaining("Could not reach any contact point"));
    }
  }
}
