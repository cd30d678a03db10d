package shop.orders.search.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;
import shop.orders.search.progress.LostEvents;

/**
 * Where a partition is read from when the committed offset does not say: from the beginning of what Kafka has. If Kafka had more before
 * that, events may be lost, and that is marked first: no offset after a gap is ever committed before the mark is kept.
 *
 * <p>The client's own ways would not do: {@code earliest} goes on after a gap without a word, {@code none} stops for ever.
 */
class Restart extends DefaultErrorHandler implements ConsumerAwareRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Restart.class);
  private static final long RETRY_MILLIS = 5_000;

  private final LostEvents lost;
  private final Runnable revoked;

  /** Partitions of a topic that was made anew whose offsets mean nothing. */
  private final Set<TopicPartition> meaningless = ConcurrentHashMap.newKeySet();

  /** @param revoked called on the consumer's thread when it loses partitions */
  Restart(LostEvents lost, Runnable revoked) {
    // The default gives up after ten tries and commits past the records: here nothing is skipped, ever.
    super(new FixedBackOff(RETRY_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
    this.lost = lost;
    this.revoked = revoked;
  }

  /** The next time one of these is assigned it is read from its beginning, whatever was committed. */
  void forget(Collection<TopicPartition> partitions) {
    meaningless.addAll(partitions);
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    var committed = consumer.committed(new HashSet<>(partitions));
    var without = partitions.stream().filter(p -> committed.get(p) == null || meaningless.contains(p)).toList();
    if (without.isEmpty()) return;
    var beginnings = consumer.beginningOffsets(without);
    var gone = without.stream().filter(p -> beginnings.get(p) > 0).toList();
    // A new group on an old topic, or offsets that expired: what Kafka removed, nobody here may have seen.
    if (!gone.isEmpty()) lost.mark("no offset is known of " + gone + ", and Kafka has removed their beginning");
    readFrom(consumer, beginnings);
    meaningless.removeAll(without);
  }

  @Override
  public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    revoked.run();
  }

  @Override
  public void handleOtherException(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
    if (!(thrown instanceof OffsetOutOfRangeException outside)) {
      super.handleOtherException(thrown, consumer, container, batchListener);
      return;
    }
    var partitions = outside.offsetOutOfRangePartitions();
    lost.mark("Kafka does not have " + partitions + " any more");
    readFrom(consumer, consumer.beginningOffsets(partitions.keySet()));
  }

  /** Commits too: a partition where nothing new comes would otherwise look as if nothing of it had been handled. */
  private static void readFrom(Consumer<?, ?> consumer, Map<TopicPartition, Long> offsets) {
    var commit = new HashMap<TopicPartition, OffsetAndMetadata>();
    offsets.forEach(
        (partition, offset) -> {
          consumer.seek(partition, offset);
          commit.put(partition, new OffsetAndMetadata(offset));
        });
    try {
      consumer.commitSync(commit);
    } catch (KafkaException e) {
      log.info("the beginning of {} could not be committed, it is found again if need be: {}", offsets.keySet(), e.toString());
    }
  }
}
