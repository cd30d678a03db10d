package shop.orders.search.refill;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.search.index.Indexer;
import shop.orders.search.progress.Handled;
import shop.orders.search.progress.LostEvents;
import shop.orders.store.EventLog;
import shop.orders.store.Leases;
import shop.orders.web.status.Measures;

@Configuration(proxyBeanMethods = false)
class RefillConfiguration {
  @Bean
  Refill refill(LostEvents lost, Handled handled, EventLog eventLog, Leases leases, Indexer indexer, RefillProperties properties, MeterRegistry meters, Measures measures) {
    return new Refill(lost, handled, eventLog, leases, indexer, properties, meters, measures.of("refill"));
  }
}
