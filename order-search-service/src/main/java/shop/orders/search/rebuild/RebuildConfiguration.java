package shop.orders.search.rebuild;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.search.check.Checker;
import shop.orders.search.index.Generations;
import shop.orders.search.index.IndexRecord;
import shop.orders.search.index.IndexedVersions;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.Indices;
import shop.orders.search.index.OrderSearch;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Leases;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import shop.orders.web.status.Measures;

@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {
  @Bean
  Rebuilds rebuilds(Cursors cursors) {
    return new Rebuilds(cursors);
  }

  @Bean
  Rebuilder rebuilder(
      Rebuilds rebuilds,
      Generations generations,
      Indices indices,
      IndexRecord record,
      IndexedVersions indexed,
      Indexer indexer,
      OrderSearch search,
      ObjectProvider<Checker> checker,
      OrderStore store,
      EventLog log,
      OrderDays days,
      OrderScan scan,
      Settings settings,
      Leases leases,
      RebuildProperties properties,
      Clock clock,
      MeterRegistry meters,
      Measures measures) {
    var tools =
        new RebuildTools(
            rebuilds, generations, indices, record, indexed, indexer, search, checker, store, log, days, scan, settings, new RebuildMeters(meters, measures.of("rebuild")), properties, clock);
    return new Rebuilder(tools, leases);
  }
}
