package shop.orders.search.check;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.IndexContents;
import shop.orders.search.index.IndexRepair;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.UnreadableOrders;
import shop.orders.store.Cursors;
import shop.orders.store.Leases;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import shop.orders.web.status.Measures;

@Configuration(proxyBeanMethods = false)
class CheckConfiguration {
  @Bean
  StoreContents storeContents(OrderStore orders, OrderDays days, OrderScan scan, Settings settings, CheckProperties properties) {
    return new StoreContents(orders, days, scan, settings, properties.readers());
  }

  @Bean
  Inspection inspection(IndexContents contents, StoreContents store, UnreadableOrders unreadable, CheckProperties properties, Clock clock) {
    return new Inspection(contents, store, unreadable, properties.patience(), clock);
  }

  @Bean
  Repairs repairs(Indexer indexer, IndexRepair repair, IndexContents contents, Inspection inspection, UnreadableOrders unreadable, CheckProperties properties) {
    return new Repairs(indexer, repair, contents, inspection, unreadable, properties.forgetAfter());
  }

  @Bean
  Checker checker(IndexContents contents, StoreContents store, Inspection inspection, Repairs repairs, Clock clock, MeterRegistry meters) {
    return new ComparingChecker(contents, store, inspection, repairs, clock, meters);
  }

  @Bean
  CheckJobs checkJobs(Checker checker, Coverage coverage, Clock clock) {
    return new CheckJobs(checker, coverage, clock);
  }

  @Bean
  Reconciler reconciler(
      Checker checker, IndexContents contents, Coverage coverage, Cursors cursors, Leases leases, ReconcileProperties properties, Clock clock, MeterRegistry meters, Measures measures) {
    return new Reconciler(checker, contents, coverage, new ReconcileRecord(cursors), leases, properties, clock, meters, measures.of("reconcile"));
  }

  @Bean
  ReadRepair readRepair(
      IndexContents contents,
      StoreContents store,
      Inspection inspection,
      Repairs repairs,
      ReadRepairProperties properties,
      CheckProperties check,
      Clock clock,
      MeterRegistry meters) {
    return new ReadRepair(contents, store, inspection, repairs, properties, check.patience(), clock, meters);
  }
}
