package shop.orders.systemtest.drill;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Elasticsearch is away until Kafka has thrown events away that nobody indexed. */
final class KafkaRetention {
  private static final String TOPIC = "orders.events";
  private static final String GROUP = "order-search";
  private static final long LIMIT_SECONDS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final InetSocketAddress kafka;
  private final OtherCommands others;

  KafkaRetention(InetSocketAddress kafka, OtherCommands others) {
    this.kafka = kafka;
    this.others = others;
  }

  Fault fault() {
    return new Fault("outlasts-kafka", "Elasticsearch away for longer than Kafka keeps events", this::begin, this::end);
  }

  private void begin() {
    others.oms("kill", "elasticsearch");
    with(admin -> admin.incrementalAlterConfigs(Map.of(topic(), List.of(set(TopicConfig.RETENTION_MS_CONFIG, "60000"), set(TopicConfig.SEGMENT_MS_CONFIG, "10000")))).all());
  }

  /** Only when it has happened: else nothing was tried. */
  private void end() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isLost()) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("Kafka still has everything after " + PATIENCE.toSeconds() + " s");
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
    others.oms("start", "elasticsearch");
    with(admin -> admin.incrementalAlterConfigs(Map.of(topic(), List.of(unset(TopicConfig.RETENTION_MS_CONFIG), unset(TopicConfig.SEGMENT_MS_CONFIG)))).all());
  }

  /** Whether the first event that Kafka has comes after the one that is to be indexed next. */
  private boolean isLost() {
    var next = with(admin -> admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
    var kept = with(admin -> admin.listOffsets(next.keySet().stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.earliest()))).all());
    return next.entrySet().stream().anyMatch(each -> isOurs(each.getKey()) && each.getValue() != null && kept.get(each.getKey()).offset() > each.getValue().offset());
  }

  private static boolean isOurs(TopicPartition partition) {
    return partition.topic().equals(TOPIC);
  }

  private static ConfigResource topic() {
    return new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), OpType.SET);
  }

  private static AlterConfigOp unset(String name) {
    return new AlterConfigOp(new ConfigEntry(name, ""), OpType.DELETE);
  }

  private interface Request<T> {
    KafkaFuture<T> send(Admin admin);
  }

  private <T> T with(Request<T> request) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.getHostString() + ":" + kafka.getPort()))) {
      return request.send(admin).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka does not do it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
