package shop.orders.search.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.web.status.Measure;

/** Starts the consumer when it can be started and knows whether Kafka answers, so that its absence is said once and not every second. */
class KafkaWatch {
  private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);

  private final KafkaView kafka;
  private final MessageListenerContainer consumer;
  private final String deadTopic;
  private final Measure measure;
  private boolean complained;
  private volatile @Nullable Boolean up;

  KafkaWatch(KafkaView kafka, MessageListenerContainer consumer, String deadTopic, MeterRegistry meters, Measure measure) {
    this.kafka = kafka;
    this.consumer = consumer;
    this.deadTopic = deadTopic;
    this.measure = measure;
    Gauge.builder("orders.ingest.kafka.up", this, w -> Boolean.TRUE.equals(w.up) ? 1 : 0).description("whether Kafka answers").register(meters);
  }

  /** Whether Kafka answered when it was last asked. */
  boolean isUp() {
    return Boolean.TRUE.equals(up);
  }

  @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
  void look() {
    try {
      startConsumer();
      kafka.ping();
      if (!isUp()) log.info("Kafka answers");
      up = true;
      measure.done();
      makeDeadTopic();
    } catch (KafkaException | KafkaView.Away e) {
      if (!Boolean.FALSE.equals(up)) log.warn("Kafka does not answer, events wait there: {}", e.getCause() == null ? e.toString() : e.getCause().toString());
      up = false;
    }
  }

  private void startConsumer() {
    if (consumer.isRunning()) {
      if (consumer.isInExpectedState()) return;
      log.warn("a consumer thread has ended, all of them are started again");
      consumer.stop();
    }
    try {
      consumer.start();
    } catch (KafkaException e) {
      consumer.stop(); // half started counts as running
      throw e;
    }
  }

  /** Nobody else needs this topic, so nobody else makes it, nor makes it again. */
  private void makeDeadTopic() {
    try {
      if (kafka.topic(deadTopic).isEmpty() && kafka.make(deadTopic)) log.info("topic {} made", deadTopic);
      complained = false;
    } catch (KafkaView.Away e) {
      if (!complained) log.warn("topic {} cannot be made, records that must be set aside wait: {}", deadTopic, e.getMessage());
      complained = true;
    }
  }
}
