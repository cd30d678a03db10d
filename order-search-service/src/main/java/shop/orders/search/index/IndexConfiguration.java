package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.orders.store.OrderStore;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class IndexConfiguration {
  /** On the way there and back, on top of what a search may take in the server. */
  private static final Duration ON_THE_WAY = Duration.ofMillis(500);

  /** Ours alone: what stands in the index must not change with how the service writes its answers. */
  private final JsonMapper json = JsonMapper.builder().build();

  /**
   * Plain JSON headers. The 9.x client otherwise demands answers "compatible with 9", which an 8.x server refuses; both take these.
   */
  @Bean
  Rest5ClientOptions elasticsearchOptions() {
    return plainJson(RequestOptions.DEFAULT.toBuilder());
  }

  @Bean
  Indexer indexer(OrderStore store, ElasticsearchClient client, IndexProperties properties, MeterRegistry meters) {
    var writer = new BulkWriter(client, new Indices(client, json), json, properties, meters);
    return new Indexer(store, writer, properties.readers(), meters);
  }

  @Bean
  OrderSearch orderSearch(ElasticsearchClient client, IndexProperties properties) {
    var patience = properties.searchTimeout().plus(ON_THE_WAY);
    var limits =
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(patience))
            .setConnectionRequestTimeout(Timeout.of(ON_THE_WAY)) // a frozen server holds all connections: do not queue behind them
            .build();
    var options = plainJson(RequestOptions.DEFAULT.toBuilder().setRequestConfig(limits));
    return new OrderSearch(client.withTransportOptions(options), properties.searchTimeout());
  }

  private static Rest5ClientOptions plainJson(RequestOptions.Builder request) {
    var options = new Rest5ClientOptions.Builder(request);
    options.setHeader("Accept", "application/json");
    options.setHeader("Content-Type", "application/json");
    return options.build();
  }
}
