package shop.orders.search.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;
import shop.orders.search.index.Indexer;

@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
  private static final long RETRY_MILLIS = 5_000;

  @Bean
  OrderEventListener orderEventListener(
      Indexer indexer, KafkaTemplate<byte[], byte[]> kafka, IngestProperties properties, Clock clock, MeterRegistry meters) {
    return new OrderEventListener(indexer, new DeadLetters(kafka, properties.deadTopic(), meters), properties, clock, meters);
  }

  /** The default gives up after ten tries and commits past the records: here nothing is skipped, ever. */
  @Bean
  CommonErrorHandler neverSkip() {
    return new DefaultErrorHandler(new FixedBackOff(RETRY_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
  }

  @Bean
  KafkaWatch kafkaWatch(KafkaAdmin admin, KafkaListenerEndpointRegistry listeners, IngestProperties properties, MeterRegistry meters) {
    return new KafkaWatch(admin.getConfigurationProperties(), listeners, properties.deadTopic(), meters);
  }

  @Bean
  HealthIndicator kafkaHealthIndicator(KafkaWatch watch) {
    return () -> (watch.isUp() ? Health.up() : Health.down()).build();
  }
}
