package shop.orders.search.ingest;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/** Asks Kafka about itself; every question is answered within two seconds or not at all. Safe for use by many threads. */
class KafkaView implements DisposableBean {
  private static final int PATIENCE_MILLIS = 2_000;

  private final Map<String, Object> settings;
  private @Nullable Admin client;

  KafkaView(Map<String, Object> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    this.settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
  }

  /** Kafka does not answer. */
  static class Away extends RuntimeException {
    Away(Exception cause) {
      super(String.valueOf(cause.getCause() == null ? cause : cause.getCause()), cause);
    }
  }

  /** @param id another one after the topic was deleted and made again */
  record Topic(String id, List<TopicPartition> partitions) {}

  /** @throws Away if no broker answers */
  void ping() {
    answer(client().describeCluster().nodes());
  }

  /** Empty if there is no such topic. */
  Optional<Topic> topic(String name) {
    try {
      var found = answer(client().describeTopics(List.of(name)).allTopicNames()).get(name);
      return Optional.of(new Topic(found.topicId().toString(), found.partitions().stream().map(p -> new TopicPartition(name, p.partition())).toList()));
    } catch (Away e) {
      if (e.getCause() instanceof ExecutionException failed && failed.getCause() instanceof UnknownTopicOrPartitionException) return Optional.empty();
      throw e;
    }
  }

  /** The offset the next record of each partition will get. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    var latest = partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    var ends = new HashMap<TopicPartition, Long>();
    answer(client().listOffsets(latest).all()).forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  /** What the group has committed; partitions without a commit are missing. */
  Map<TopicPartition, Long> committed(String group) {
    var committed = new HashMap<TopicPartition, Long>();
    answer(client().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              if (offset != null) committed.put(partition, offset.offset());
            });
    return committed;
  }

  /** Makes a topic the broker's usual way. @return false if it was there */
  boolean make(String topic) {
    try {
      answer(client().createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty()))).all());
      return true;
    } catch (Away e) {
      if (e.getCause() instanceof ExecutionException failed && failed.getCause() instanceof TopicExistsException) return false;
      throw e;
    }
  }

  /** The client itself looks for brokers for ever, but cannot even be made while their names do not resolve. */
  private synchronized Admin client() {
    try {
      if (client == null) client = Admin.create(settings);
      return client;
    } catch (KafkaException e) {
      throw new Away(e);
    }
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw new Away(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Away(e);
    }
  }

  @Override
  public synchronized void destroy() {
    if (client != null) client.close(Duration.ZERO);
  }
}
