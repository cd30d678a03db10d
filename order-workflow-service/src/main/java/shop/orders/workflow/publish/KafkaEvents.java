package shop.orders.workflow.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderNotice;
import shop.orders.store.EventLog.Logged;
import shop.orders.web.trace.OrderTraces;
import shop.orders.web.trace.Stage;
import tools.jackson.databind.ObjectMapper;

/** The topic of thin events. Safe for use by many threads, each of which may wait for Kafka for some seconds. */
@Component
class KafkaEvents {
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(5);

  private final KafkaTemplate<String, String> kafka;
  private final KafkaAdmin admin;
  private final PublishProperties properties;
  private final ObjectMapper json;
  private final OrderTraces traces;
  private volatile boolean topicSeen;
  private volatile boolean down;

  KafkaEvents(KafkaTemplate<String, String> kafka, KafkaAdmin admin, PublishProperties properties, ObjectMapper json, OrderTraces traces) {
    this.kafka = kafka;
    this.admin = admin;
    this.properties = properties;
    this.json = json;
    this.traces = traces;
  }

  /** Kafka did not acknowledge everything; some of it may have arrived. */
  static class Down extends RuntimeException {
    Down(Exception cause) {
      super(NestedExceptionUtils.getMostSpecificCause(cause).toString(), cause);
    }
  }

  /** Whether Kafka failed when it was last sent something. */
  boolean isDown() {
    return down;
  }

  /**
   * Sends events in order and returns when Kafka has acknowledged all of them.
   *
   * @throws Down if it has not within some seconds; send all of them again
   */
  void send(String account, List<Logged> events) {
    try {
      trySend(account, events);
      down = false;
    } catch (Down e) {
      down = true;
      throw e;
    }
  }

  private void trySend(String account, List<Logged> events) {
    var sends = new ArrayList<CompletableFuture<?>>(events.size());
    var spans = new HashMap<String, OrderTraces.Open>();
    try {
      ensureTopic();
      for (var logged : events) {
        var entry = logged.entry();
        var notice = new OrderNotice(account, entry.orderId(), entry.version(), entry.status(), entry.at());
        var record = new ProducerRecord<>(properties.topic(), account + "/" + entry.orderId(), json.writeValueAsString(notice));
        var traceparent = spans.computeIfAbsent(entry.orderId(), id -> traces.begin(Stage.PUBLISH, new OrderKey(account, id))).traceparent();
        if (traceparent != null) record.headers().add(OrderTraces.TRACEPARENT, traceparent.getBytes(StandardCharsets.US_ASCII));
        sends.add(kafka.send(record));
      }
      CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      spans.values().forEach(OrderTraces.Open::end); // events that are sent again have no span of each try
    } catch (TimeoutException e) {
      topicSeen = false; // it may have been deleted
      throw new Down(new TimeoutException("not acknowledged within " + ACKNOWLEDGED_WITHIN.toSeconds() + " s"));
    } catch (KafkaException | org.springframework.kafka.KafkaException | ExecutionException e) {
      topicSeen = false;
      throw new Down(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Down(e);
    }
  }

  private void ensureTopic() {
    if (topicSeen) return;
    admin.createOrModifyTopics(new NewTopic(properties.topic(), Optional.of(properties.partitions()), Optional.of(properties.replicas())));
    topicSeen = true;
  }
}
