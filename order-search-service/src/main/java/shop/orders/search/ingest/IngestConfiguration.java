package shop.orders.search.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import shop.orders.search.index.Indexer;
import shop.orders.search.progress.Freshness;
import shop.orders.search.progress.Handled;
import shop.orders.search.progress.LostEvents;
import shop.orders.store.Cursors;
import shop.orders.web.status.Measures;
import shop.orders.web.trace.OrderTraces;

@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
  private static final String TOPIC = "${orders.kafka.topic:orders.events}";
  private static final String GROUP = "${orders.search.ingest.group:order-search}";

  /** Well below what a silent consumer thread is noticed by. */
  private static final Duration BEAT = Duration.ofSeconds(4);

  @Bean
  DeadLetters deadLetters(KafkaTemplate<byte[], byte[]> kafka, IngestProperties properties, MeterRegistry meters) {
    return new DeadLetters(kafka, properties.deadTopic(), meters);
  }

  @Bean
  DeadLetterBox deadLetterBox(ConsumerFactory<byte[], byte[]> consumers, DeadLetters deadLetters, Indexer indexer, IngestProperties properties) {
    return new DeadLetterBox(consumers, deadLetters, indexer, properties.deadTopic());
  }

  @Bean
  ConsumerBeats consumerBeats(Measures measures) {
    return new ConsumerBeats(measures);
  }

  @Bean
  OrderEventListener orderEventListener(
      Indexer indexer, DeadLetters deadLetters, IngestProperties properties, Clock clock, ConsumerBeats beats, MeterRegistry meters, OrderTraces traces) {
    return new OrderEventListener(indexer, deadLetters, properties, clock, beats, meters, traces);
  }

  /** Made by hand: behind the annotation stands an adapter that asks for a position before {@link Restart} can give one. {@link KafkaWatch} starts it. */
  @Bean
  ConcurrentMessageListenerContainer<byte[], byte[]> eventConsumer(
      ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory, OrderEventListener listener, @Value(TOPIC) String topic, @Value(GROUP) String group) {
    var consumer = factory.createContainer(topic);
    consumer.getContainerProperties().setGroupId(group);
    consumer.getContainerProperties().setIdleEventInterval(BEAT.toMillis());
    consumer.getContainerProperties().setIdleBeforeDataMultiplier(1);
    consumer.setAutoStartup(false);
    consumer.setupMessageListener(listener);
    return consumer;
  }

  @Bean
  Restart restart(LostEvents lost, OrderEventListener listener) {
    return new Restart(lost, listener::leave);
  }

  @Bean
  KafkaView kafkaView(KafkaAdmin admin) {
    return new KafkaView(admin.getConfigurationProperties());
  }

  @Bean
  KafkaWatch kafkaWatch(KafkaView kafka, MessageListenerContainer consumer, IngestProperties properties, MeterRegistry meters, Measures measures) {
    return new KafkaWatch(kafka, consumer, properties.deadTopic(), meters, measures.of("kafka"));
  }

  @Bean
  Progress progress(
      KafkaView kafka,
      Handled handled,
      LostEvents lost,
      Freshness freshness,
      Cursors cursors,
      Restart restart,
      MessageListenerContainer consumer,
      @Value(TOPIC) String topic,
      @Value(GROUP) String group,
      IngestProperties properties,
      Clock clock,
      MeterRegistry meters) {
    return new Progress(kafka, handled, lost, freshness, cursors, restart, consumer, topic, group, properties.saveEvery(), clock, meters);
  }

  @Bean
  HealthIndicator kafkaHealthIndicator(KafkaWatch watch) {
    return () -> (watch.isUp() ? Health.up() : Health.down()).build();
  }
}
