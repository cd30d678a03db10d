package shop.orders.search.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import shop.orders.web.log.LogIds;

/** Where records go that cannot be worked on: a topic of their own, with the reason. Written before their offsets are committed. */
class DeadLetters {
  /** Why it is there: kind, colon, words. */
  static final String REASON = "reason";

  /** Topic, partition and offset of the record it is a copy of. */
  static final String ORIGIN = "origin";

  /** On a record without a value: the letter of this origin has been worked on after all. */
  static final String REPLAYED = "replayed";

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  /** Of a value, in bytes. */
  private static final int LARGEST = 500_000;

  /** Of a key, in bytes; no order's has so many. */
  private static final int LARGEST_KEY = 1_000;

  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(5);

  private final KafkaTemplate<byte[], byte[]> kafka;
  private final String topic;
  private final MeterRegistry meters;

  DeadLetters(KafkaTemplate<byte[], byte[]> kafka, String topic, MeterRegistry meters) {
    this.kafka = kafka;
    this.topic = topic;
    this.meters = meters;
  }

  /** The dead letter was not written, or nobody knows: the record must be brought again. */
  static class NotWritten extends RuntimeException {
    NotWritten(String what, Throwable cause) {
      super(what + ": " + NestedExceptionUtils.getMostSpecificCause(cause), cause);
    }
  }

  /**
   * Returns when the topic has it.
   *
   * @param kind few values, a metric's tag: {@code undecodable}, {@code absent}
   * @param reason for people; cut if it is long
   * @throws NotWritten if Kafka does not take it now; done again, the letter may be there twice, with one origin
   */
  void add(ConsumerRecord<byte[], byte @Nullable []> record, String kind, String reason) {
    var origin = origin(record);
    var why = Notices.abridged(reason);
    // A letter that no topic takes would hold up everything behind it.
    var copy = new ProducerRecord<>(topic, cut(record.key(), LARGEST_KEY), cut(record.value(), LARGEST));
    var cutOff = cutOff("; key cut off", record.key(), LARGEST_KEY) + cutOff("; cut off", record.value(), LARGEST);
    copy.headers().add(REASON, bytes(kind + ": " + why + cutOff));
    copy.headers().add(ORIGIN, bytes(origin));
    send(copy, "record " + origin + " cannot be set aside in " + topic);
    meters.counter("orders.ingest.dead", "kind", kind).increment();
    Runnable tell = () -> log.error("record {} is set aside ({}): {}", origin, kind, why);
    Notices.key(record.key()).ifPresentOrElse(order -> LogIds.during(order, tell), tell);
  }

  /** Notes that a letter was worked on, beside it. @throws NotWritten if Kafka does not take it now */
  void replayed(DeadLetter letter) {
    var note = new ProducerRecord<byte[], byte[]>(topic, letter.partition(), letter.key(), null);
    note.headers().add(REPLAYED, bytes(letter.origin()));
    send(note, "that " + letter.origin() + " was replayed cannot be noted in " + topic);
  }

  static String origin(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }

  private static String cutOff(String what, byte @Nullable [] bytes, int most) {
    return bytes == null || bytes.length <= most ? "" : what + ", it had " + bytes.length + " bytes";
  }

  private void send(ProducerRecord<byte[], byte[]> record, String otherwise) {
    try {
      kafka.send(record).get(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw new NotWritten(otherwise, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotWritten(otherwise, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
