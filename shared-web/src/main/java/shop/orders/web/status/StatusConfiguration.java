package shop.orders.web.status;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import shop.orders.store.Settings;

/** Puts the status into a service that has this module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties(StatusProperties.class)
class StatusConfiguration {
  @Bean
  Measures measures(Clock clock) {
    return new Measures(clock);
  }

  @Bean
  StatusLoop statusLoop(Measures measures, Settings settings, @Value("${spring.application.name}") String service, StatusProperties properties, Clock clock) {
    return new StatusLoop(measures, new Reports(settings), service, properties.every(), clock);
  }
}
