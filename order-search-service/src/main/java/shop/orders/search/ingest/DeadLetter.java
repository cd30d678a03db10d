package shop.orders.search.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of the dead topic.
 *
 * @param origin of the record it is a copy of; unique among letters
 * @param at when it was set aside
 * @param partition of the dead topic
 */
record DeadLetter(String origin, String reason, Instant at, int partition, byte @Nullable [] key, byte @Nullable [] value) {
  static DeadLetter of(ConsumerRecord<byte[], byte @Nullable []> record) {
    var origin = header(record, DeadLetters.ORIGIN);
    var reason = header(record, DeadLetters.REASON);
    return new DeadLetter(
        origin == null ? DeadLetters.origin(record) : origin,
        reason == null ? "put there by somebody else, without a reason" : reason,
        Instant.ofEpochMilli(record.timestamp()),
        record.partition(),
        record.key(),
        record.value());
  }

  /** The origin whose letter is done, if the record says only that. */
  static @Nullable String replayed(ConsumerRecord<byte[], byte @Nullable []> record) {
    return header(record, DeadLetters.REPLAYED);
  }

  private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
