package shop.orders.search.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import shop.orders.model.OrderKey;
import shop.orders.search.index.Indexer;

/** Looks through the dead topic, and works on its letters again. Safe for use by many threads. */
class DeadLetterBox {
  /** What is held in memory; what is older than the newest so many waits until they are gone. */
  private static final int MOST = 10_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(500);

  private final ConsumerFactory<byte[], byte[]> consumers;
  private final DeadLetters deadLetters;
  private final Indexer indexer;
  private final String topic;

  DeadLetterBox(ConsumerFactory<byte[], byte[]> consumers, DeadLetters deadLetters, Indexer indexer, String topic) {
    this.consumers = consumers;
    this.deadLetters = deadLetters;
    this.indexer = indexer;
    this.topic = topic;
  }

  /**
   * What became of the letters that were worked on again.
   *
   * @param failed by origin, with the reason; they stay
   */
  record Replay(int replayed, Map<String, String> failed) {}

  /**
   * The letters not worked on yet, the newest 10,000, oldest first within a partition.
   *
   * @throws KafkaException if Kafka does not give all of them in ten seconds
   */
  List<DeadLetter> letters() {
    var open = new LinkedHashMap<String, DeadLetter>();
    try (var consumer = consumers.createConsumer(null, null, "-dead-letters", new Properties())) {
      var partitions = consumer.partitionsFor(topic, PATIENCE).stream().map(p -> new TopicPartition(topic, p.partition())).toList();
      consumer.assign(partitions);
      var left = new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
      consumer.beginningOffsets(partitions, PATIENCE).forEach(consumer::seek);
      var deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!done(consumer, left)) {
        if (System.nanoTime() - deadline > 0) throw new KafkaException("topic " + topic + " could not be read within " + PATIENCE.toSeconds() + " s");
        for (var record : consumer.poll(POLL)) {
          var done = DeadLetter.replayed(record);
          if (done != null) {
            open.remove(done);
            continue;
          }
          var letter = DeadLetter.of(record);
          open.remove(letter.origin()); // written twice: the later one counts
          open.put(letter.origin(), letter);
          if (open.size() > MOST) open.remove(open.keySet().iterator().next());
        }
      }
    }
    return List.copyOf(open.values());
  }

  private static boolean done(Consumer<?, ?> consumer, Map<TopicPartition, Long> left) {
    left.entrySet().removeIf(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
    return left.isEmpty();
  }

  /**
   * Indexes the orders that the letters name, in the value or else in the key. A letter stays if it names none, or one that the store does not
   * have in that version.
   *
   * @param origin of the only one to work on; null for all
   */
  Replay replay(@Nullable String origin) {
    int replayed = 0;
    var failed = new LinkedHashMap<String, String>();
    for (var letter : letters()) {
      if (origin != null && !origin.equals(letter.origin())) continue;
      var stays = index(letter);
      if (stays.isPresent()) {
        failed.put(letter.origin(), stays.get());
      } else {
        deadLetters.replayed(letter);
        replayed++;
      }
    }
    return new Replay(replayed, failed);
  }

  /** @return why it stays; empty if its order is in the index */
  private Optional<String> index(DeadLetter letter) {
    OrderKey key;
    long version = 0;
    try {
      var event = Notices.read(letter.value());
      key = event.key();
      version = event.notice().version();
    } catch (Notices.Undecodable e) {
      var named = Notices.key(letter.key());
      if (named.isEmpty()) return Optional.of("it names no order: " + e.getMessage());
      key = named.get();
    }
    var report = indexer.index(List.of(key));
    var unreadable = report.unreadable().get(key);
    if (unreadable != null) return Optional.of(unreadable);
    var there = report.versions().get(key);
    if (there == null) return Optional.of("the store does not have order " + key);
    return there < version ? Optional.of("the store has order " + key + " in version " + there + " only") : Optional.empty();
  }
}
