package shop.orders.search.fill;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.search.index.IndexRecord;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.Indices;
import shop.orders.store.Leases;
import shop.orders.store.OrderDays;
import shop.orders.store.Settings;

@Configuration(proxyBeanMethods = false)
class FillConfiguration {
  @Bean
  Filler filler(
      Indexer indexer, IndexRecord record, OrderDays days, Settings settings, Leases leases, FillProperties properties, Clock clock, MeterRegistry meters) {
    return new Filler(indexer, record, days, settings, leases, properties, clock, meters);
  }

  @Bean
  IndexWatch indexWatch(Indices indices, IndexRecord record, Filler filler, Clock clock, MeterRegistry meters) {
    return new IndexWatch(indices, record, filler, clock, meters);
  }
}
