package shop.orders.search.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** Where records go that cannot be worked on. Always in the log and the metric, in the topic if Kafka takes them; never in the way. */
class DeadLetters {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaTemplate<byte[], byte[]> kafka;
  private final String topic;
  private final MeterRegistry meters;

  DeadLetters(KafkaTemplate<byte[], byte[]> kafka, String topic, MeterRegistry meters) {
    this.kafka = kafka;
    this.topic = topic;
    this.meters = meters;
  }

  /** @param kind few values, a metric's tag: {@code undecodable}, {@code absent} @param reason for people */
  void add(ConsumerRecord<byte[], byte @Nullable []> record, String kind, String reason) {
    meters.counter("orders.ingest.dead", "kind", kind).increment();
    log.error("record {}-{}@{} is set aside ({}): {}", record.topic(), record.partition(), record.offset(), kind, reason);
    var copy = new ProducerRecord<>(topic, record.key(), record.value());
    copy.headers().add("reason", (kind + ": " + reason).getBytes(StandardCharsets.UTF_8));
    copy.headers().add("origin", (record.topic() + "-" + record.partition() + "@" + record.offset()).getBytes(StandardCharsets.UTF_8));
    try {
      kafka.send(copy).whenComplete((sent, e) -> report(record, e));
    } catch (KafkaException e) {
      report(record, e);
    }
  }

  private void report(ConsumerRecord<?, ?> record, @Nullable Throwable e) {
    if (e != null) log.warn("record {}-{}@{} could not be copied to {}: {}", record.topic(), record.partition(), record.offset(), topic, e.toString());
  }
}
