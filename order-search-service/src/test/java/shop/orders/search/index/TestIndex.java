package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchClientAutoConfiguration;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import shop.orders.store.Cursors;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import shop.orders.store.memory.InMemoryStore;

/** The index package wired as in the service, on a real server. */
final class TestIndex {
  private TestIndex() {}

  @FunctionalInterface
  interface Work {
    void with(Indexer indexer, OrderSearch search, ElasticsearchClient client) throws IOException;
  }

  static void run(URI server, OrderStore store, Work work, String... properties) {
    run(server, store, context -> work.with(context.getBean(Indexer.class), context.getBean(OrderSearch.class), context.getBean(ElasticsearchClient.class)), properties);
  }

  /** As {@link #run(URI, OrderStore, Work, String...)}, with all of the package's beans. */
  static void run(URI server, OrderStore store, ContextConsumer<AssertableApplicationContext> work, String... properties) {
    var beside = new InMemoryStore(Clock.systemUTC()).stores();
    new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withConfiguration(AutoConfigurations.of(ElasticsearchRestClientAutoConfiguration.class, ElasticsearchClientAutoConfiguration.class))
        .withUserConfiguration(Wiring.class)
        .withBean(OrderStore.class, () -> store)
        .withBean(Cursors.class, () -> beside.cursors())
        .withBean(Settings.class, () -> beside.settings())
        .withPropertyValues("spring.elasticsearch.uris=" + server)
        .withPropertyValues(properties)
        .run(work);
  }

  /** A document as it is stored, with its external version. */
  static Stored stored(ElasticsearchClient client, String index, String id) throws IOException {
    var answer = client.get(g -> g.index(index).id(id), Map.class);
    return new Stored(answer.version() == null ? -1 : answer.version(), answer.source());
  }

  record Stored(long version, Map<?, ?> source) {}

  /** Not marked as a configuration: the service's own scan must not find it. */
  @EnableConfigurationProperties(IndexProperties.class)
  @Import(IndexConfiguration.class)
  static class Wiring {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }
}
