package shop.orders.search.fill;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.search.index.Generations;
import shop.orders.search.index.IndexRecord;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.Indices;
import shop.orders.store.Leases;
import shop.orders.store.OrderDays;
import shop.orders.store.Settings;
import shop.orders.web.status.Measure;
import shop.orders.web.status.Measures;

@Configuration(proxyBeanMethods = false)
class FillConfiguration {
  /** Told by the filler while it fills, and by who looks whether there is something to fill while there is not. */
  @Bean
  Measure fillMeasure(Measures measures) {
    return measures.of("fill");
  }

  @Bean
  Filler filler(
      Indexer indexer, Generations generations, IndexRecord record, OrderDays days, Settings settings, Leases leases, FillProperties properties, Clock clock, MeterRegistry meters, Measure fillMeasure) {
    return new Filler(indexer, generations, record, days, settings, leases, properties, clock, meters, fillMeasure);
  }

  @Bean
  IndexWatch indexWatch(Indices indices, Generations generations, IndexRecord record, Filler filler, Clock clock, MeterRegistry meters, Measure fillMeasure) {
    return new IndexWatch(indices, generations, record, filler, clock, meters, fillMeasure);
  }
}
