package shop.orders.search.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.Skeletons;
import shop.orders.search.index.UnreadableOrders;
import shop.orders.store.Settings;

@Configuration(proxyBeanMethods = false)
class ProblemConfiguration {
  @Bean
  Problems problems(Skeletons skeletons, UnreadableOrders unreadable, Indexer indexer, Settings settings) {
    return new Problems(skeletons, unreadable, indexer, settings);
  }
}
