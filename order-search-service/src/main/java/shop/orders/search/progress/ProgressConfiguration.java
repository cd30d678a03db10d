package shop.orders.search.progress;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.search.index.Indices;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Settings;

@Configuration(proxyBeanMethods = false)
class ProgressConfiguration {
  @Bean
  Handled handled(Cursors cursors, Settings settings) {
    return new Handled(cursors, settings);
  }

  @Bean
  LostEvents lostEvents(Cursors cursors, Clock clock, MeterRegistry meters) {
    return new LostEvents(cursors, clock, meters);
  }

  @Bean
  Freshness freshness(
      Handled handled, EventLog eventLog, Cursors cursors, Indices indices, FreshnessProperties properties, Clock clock, MeterRegistry meters) {
    return new Freshness(handled, eventLog, cursors, indices::refresh, properties, clock, meters);
  }
}
