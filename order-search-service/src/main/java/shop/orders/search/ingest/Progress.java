package shop.orders.search.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.search.progress.Freshness;
import shop.orders.search.progress.Handled;
import shop.orders.search.progress.LostEvents;
import shop.orders.store.Cursors;
import shop.orders.store.StoreUnavailable;

/**
 * Finds out how far each account's event log was handled. First the publisher's cursors are read, then the partitions' ends: every event
 * below a cursor is before its partition's end. Once the group has committed up to those ends, everything below those cursors was handled.
 * No clock takes part, and it is the same however many instances there are.
 */
class Progress {
  private static final Logger log = LoggerFactory.getLogger(Progress.class);

  /** The publisher's cursor: the number of the next event to publish. */
  private static final String PUBLISHED = "kafka";

  private static final int MOST_SAMPLES = 60;

  private final KafkaView kafka;
  private final Handled handled;
  private final LostEvents lost;
  private final Freshness freshness;
  private final Cursors cursors;
  private final Restart restart;
  private final MessageListenerContainer consumer;
  private final String topicName;
  private final String group;
  private final Duration saveEvery;
  private final Clock clock;

  /** Oldest first; what the next samples are compared with. */
  private final Deque<Sample> samples = new ArrayDeque<>();

  private @Nullable String topicId;
  private Instant savedAt = Instant.EPOCH;
  private boolean storeAway;
  private volatile double lag = Double.NaN;

  private record Sample(Map<String, Long> published, Map<TopicPartition, Long> ends) {
    boolean reachedBy(Map<TopicPartition, Long> committed) {
      return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
  }

  Progress(
      KafkaView kafka,
      Handled handled,
      LostEvents lost,
      Freshness freshness,
      Cursors cursors,
      Restart restart,
      MessageListenerContainer consumer,
      String topicName,
      String group,
      Duration saveEvery,
      Clock clock,
      MeterRegistry meters) {
    this.kafka = kafka;
    this.handled = handled;
    this.lost = lost;
    this.freshness = freshness;
    this.cursors = cursors;
    this.restart = restart;
    this.consumer = consumer;
    this.topicName = topicName;
    this.group = group;
    this.saveEvery = saveEvery;
    this.clock = clock;
    Gauge.builder("orders.ingest.lag", this, p -> p.lag).description("records in Kafka that the group has not handled, all partitions").register(meters);
  }

  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void look() {
    var now = clock.instant();
    boolean save = now.isAfter(savedAt.plus(saveEvery));
    try {
      var accounts = save ? handled.accounts() : freshness.asked();
      if (!save && accounts.isEmpty()) return;
      if (save) savedAt = now;
      look(accounts, save);
      storeAway = false;
    } catch (KafkaView.Away e) {
      lag = Double.NaN;
      log.debug("how far the events are handled cannot be told now", e);
    } catch (StoreUnavailable e) {
      if (!storeAway) log.warn("how far the events are handled cannot be told or kept now: {}", e.getMessage());
      storeAway = true;
    }
  }

  private void look(Collection<String> accounts, boolean save) {
    var topic = kafka.topic(topicName).orElse(null);
    if (topic == null) return;
    if (!topic.id().equals(topicId)) follow(topic);
    var published = new HashMap<String, Long>();
    for (var account : accounts) cursors.read(account, PUBLISHED).ifPresent(cell -> published.put(account, Long.parseLong(cell.state())));
    var ends = kafka.ends(topic.partitions());
    add(new Sample(published, ends));
    var committed = kafka.committed(group);
    lag = ends.entrySet().stream().mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L))).sum();

    var reached = new HashMap<String, Long>();
    while (!samples.isEmpty() && samples.peekFirst().reachedBy(committed)) {
      samples.removeFirst().published.forEach((account, position) -> reached.merge(account, position, Math::max));
    }
    // After the offsets: whoever committed past a gap marked it before. And offsets of another topic say nothing.
    boolean nothingLost = !lost.read().pending() && kafka.topic(topicName).filter(t -> t.id().equals(topicId)).isPresent();
    if (!nothingLost) {
      samples.clear();
      return;
    }
    reached.forEach(save ? handled::save : handled::learned);
  }

  /** Keeps a lag of any length in few samples: the finer ones go first. */
  private void add(Sample sample) {
    samples.addLast(sample);
    if (samples.size() <= MOST_SAMPLES) return;
    int[] number = {0};
    samples.removeIf(s -> number[0]++ % 2 == 1);
  }

  /** At the start, and when the topic was deleted and made again: then it is read from its beginning, whatever was committed before. */
  private void follow(KafkaView.Topic topic) {
    var before = topicId == null ? lost.read().topicId() : topicId;
    lost.follow(topic.id());
    if (before != null && !before.equals(topic.id())) {
      restart.forget(topic.partitions());
      if (consumer.isRunning()) consumer.stop(); // KafkaWatch starts it again
    }
    samples.clear();
    topicId = topic.id();
  }
}
