package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.elasticsearch.autoconfigure.Rest5ClientBuilderCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import shop.orders.store.Cursors;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class IndexConfiguration {
  /** On the way there and back, on top of what a search may take in the server. */
  private static final Duration ON_THE_WAY = Duration.ofMillis(500);

  /** Of one request, each no longer than the limit for an answer: for a connection of the pool, for the connecting, for the answer. */
  private static final int WAITS = 3;

  /** The client's default of 10 is fewer than a service has request threads. */
  private static final int CONNECTIONS = 64;

  /** Documents. A server takes a second for them, or two: well below the limit for an answer. */
  private static final int SUMMED_AT_ONCE = 500_000;

  /** Ours alone: what stands in the index must not change with how the service writes its answers. */
  private final JsonMapper json = JsonMapper.builder().build();

  /**
   * Plain JSON headers. The 9.x client otherwise demands answers "compatible with 9", which an 8.x server refuses; both take these.
   */
  @Bean
  Rest5ClientOptions elasticsearchOptions() {
    var options = new Rest5ClientOptions.Builder(RequestOptions.DEFAULT.toBuilder());
    options.setHeader("Accept", "application/json");
    options.setHeader("Content-Type", "application/json");
    return options.build();
  }

  /**
   * Boot's {@code spring.elasticsearch.socket-timeout} is set on the connection, where the client's own 30 seconds for an answer outrank
   * it: a frozen server would be noticed after those.
   */
  @Bean
  Rest5ClientBuilderCustomizer elasticsearchLimits(IndexProperties properties) {
    return new Rest5ClientBuilderCustomizer() {
      @Override
      public void customize(Rest5ClientBuilder builder) {}

      @Override
      public void customize(RequestConfig.Builder request) {
        var limit = Timeout.of(properties.answerTimeout());
        request.setResponseTimeout(limit).setConnectionRequestTimeout(limit);
      }

      @Override
      public void customize(PoolingAsyncClientConnectionManagerBuilder connections) {
        connections.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS * 4);
      }
    };
  }

  @Bean
  Rest5Client elasticsearchRestClient(Rest5ClientBuilder builder, IndexProperties properties) {
    return LastingClient.of(builder, properties.answerTimeout().multipliedBy(WAITS));
  }

  @Bean
  IndexRecord indexRecord(Cursors cursors) {
    return new IndexRecord(cursors, json);
  }

  @Bean
  Generations generations(Cursors cursors, IndexProperties properties, Clock clock) {
    return new Generations(cursors, json, clock, properties.othersPatience(), properties.knownWithin());
  }

  @Bean
  SchedulingConfigurer generationsLooks(Generations generations) {
    return tasks -> tasks.addFixedDelayTask(generations::look, generations.refresh());
  }

  @Bean
  Indices indices(ElasticsearchClient client, IndexRecord record, Generations generations, IndexProperties properties) {
    return new Indices(client, new Templates(client, json, properties.shards()), record, generations);
  }

  @Bean
  IndexedVersions indexedVersions(ElasticsearchClient client) {
    return new IndexedVersions(client);
  }

  @Bean
  UnreadableOrders unreadableOrders(Settings settings, Clock clock) {
    return new UnreadableOrders(settings, json, clock);
  }

  @Bean
  OrderReader orderReader(OrderStore store, IndexProperties properties, Clock clock) {
    return new OrderReader(store, json, clock, OrderReader.documentsFor(Runtime.getRuntime().maxMemory(), properties.readers()));
  }

  @Bean
  Indexer indexer(
      OrderReader reader,
      ElasticsearchClient client,
      Indices indices,
      Generations generations,
      OrderDays days,
      UnreadableOrders unreadable,
      IndexProperties properties,
      MeterRegistry meters) {
    var pace = new Pace(properties.bulkDocuments(), properties.bulkRequests(), meters);
    var writer = new BulkWriter(client, indices, pace, properties.bulkSize().toBytes(), meters);
    var limits = new IndexRun.Limits(properties.readers(), properties.bulkDocuments(), properties.bulkSize().toBytes(), properties.bulkRequests());
    return new Indexer(reader, generations, writer, new DocumentKeeper(days, meters), unreadable, limits, meters);
  }

  @Bean
  Skeletons skeletons(ElasticsearchClient client) {
    return new Skeletons(client);
  }

  @Bean
  IndexContents indexContents(ElasticsearchClient client, Rest5Client wire, Generations generations) {
    return new IndexContents(client, new DocumentPages(wire, json), generations, SUMMED_AT_ONCE);
  }

  @Bean
  IndexRepair indexRepair(ElasticsearchClient client, OrderReader reader) {
    return new IndexRepair(client, reader);
  }

  @Bean
  OrderSearch orderSearch(ElasticsearchClient client, IndexProperties properties, ApplicationEventPublisher events, MeterRegistry meters) {
    var async = new ElasticsearchAsyncClient(client._transport(), client._transportOptions());
    return new OrderSearch(async, properties.searchTimeout(), ON_THE_WAY, events::publishEvent, meters);
  }
}
