package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration;
import org.springframework.boot.cassandra.autoconfigure.DriverConfigLoaderBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.IdempotencyKeys;
import shop.orders.store.Leases;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.Receipts;
import shop.orders.store.Sequences;
import shop.orders.store.Settings;
import shop.orders.store.Stores;
import shop.orders.store.Wakeups;

/** Every port as a bean, for a service that has this module on its class path. Excluded by a test that brings {@link Stores} of its own. */
@AutoConfiguration(before = CassandraAutoConfiguration.class)
@EnableConfigurationProperties(OrderStoreProperties.class)
public final class OrderStoreAutoConfiguration {

  @Bean
  DriverConfigLoaderBuilderCustomizer orderStoreDriverSettings(OrderStoreProperties properties) {
    return driver -> DriverSettings.apply(driver, properties);
  }

  /** In place of Boot's own, which gives up at the first refused connection. */
  @Bean
  @ConditionalOnMissingBean
  CqlSession cassandraSession(ObjectProvider<CqlSessionBuilder> builders, OrderStoreProperties properties) {
    return Connecting.await(() -> builders.getObject().build(), properties.startupWait());
  }

  @Bean
  Stores stores(CqlSession session, OrderStoreProperties properties, ObjectProvider<Clock> clock, ObjectProvider<MeterRegistry> meters) {
    new Schema(session, properties, Migration.all()).migrate();
    var wire = new CountedWire(Wire.of(session), meters.getIfAvailable(SimpleMeterRegistry::new));
    return CassandraStores.stores(session, wire, properties, clock.getIfAvailable(Clock::systemUTC), System::nanoTime);
  }

  @Bean
  OrderStore orderStore(Stores stores) {
    return stores.orders();
  }

  @Bean
  Wakeups wakeups(Stores stores) {
    return stores.wakeups();
  }

  @Bean
  EventLog eventLog(Stores stores) {
    return stores.eventLog();
  }

  @Bean
  Cursors cursors(Stores stores) {
    return stores.cursors();
  }

  @Bean
  Leases leases(Stores stores) {
    return stores.leases();
  }

  @Bean
  Settings settings(Stores stores) {
    return stores.settings();
  }

  @Bean
  IdempotencyKeys idempotencyKeys(Stores stores) {
    return stores.idempotencyKeys();
  }

  @Bean
  Receipts receipts(Stores stores) {
    return stores.receipts();
  }

  @Bean
  Sequences sequences(Stores stores) {
    return stores.sequences();
  }

  @Bean
  OrderDays orderDays(Stores stores) {
    return stores.orderDays();
  }

  @Bean
  OrderScan orderScan(Stores stores) {
    return stores.orderScan();
  }
}
