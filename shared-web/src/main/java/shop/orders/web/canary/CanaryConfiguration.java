package shop.orders.web.canary;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import shop.orders.store.Leases;
import shop.orders.web.status.Measures;

/** Puts the canary into a service that has this module on its class path; it sends orders once it has an account. */
@AutoConfiguration
@EnableConfigurationProperties(CanaryProperties.class)
class CanaryConfiguration {
  @Bean
  Canary canary(CanaryProperties properties, Leases leases, Measures measures, ObjectProvider<MeterRegistry> meters, Clock clock) {
    return new Canary(properties, leases, measures, meters.getIfAvailable(SimpleMeterRegistry::new), clock);
  }
}
