package shop.orders.web.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Settings;

/** Puts the status into a service that has this module on its class path. */
@AutoConfiguration
@Import(StatusController.class)
@EnableConfigurationProperties(StatusProperties.class)
class StatusConfiguration {
  @Bean
  Measures measures(Clock clock) {
    return new Measures(clock);
  }

  @Bean
  Probes probes(ObjectProvider<Probe> probes, Measures measures, StatusProperties properties) {
    return new Probes(List.copyOf(probes.orderedStream().toList()), measures, properties.every());
  }

  @Bean
  StatusLoop statusLoop(
      Measures measures,
      Settings settings,
      Cursors cursors,
      EventLog eventLog,
      ObjectProvider<MeterRegistry> meters,
      @Value("${spring.application.name}") String service,
      StatusProperties properties,
      @Value("${orders.canary.every:" + CanaryStage.USUALLY_EVERY + "}") Duration canaryEvery,
      Clock clock) {
    return new StatusLoop(
        measures,
        new Reports(settings),
        new IndexLag(settings, cursors, eventLog),
        new StatusHistory(cursors),
        new StatusMeters(meters.getIfAvailable(SimpleMeterRegistry::new), clock),
        service,
        properties.every(),
        canaryEvery,
        clock);
  }

  @Bean
  ProgressHealth capabilitiesHealthIndicator(StatusLoop status) {
    return new ProgressHealth(status);
  }
}
