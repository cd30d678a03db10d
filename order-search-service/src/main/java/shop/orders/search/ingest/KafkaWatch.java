package shop.orders.search.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Starts the consumer when it can be started and knows whether Kafka answers, so that its absence is said once and not every second.
 * The client itself looks for brokers for ever, but cannot even be made while their names do not resolve.
 */
class KafkaWatch implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);
  private static final int PATIENCE_MILLIS = 2_000;

  private final Map<String, Object> admin;
  private final KafkaListenerEndpointRegistry listeners;
  private final String deadTopic;
  private @Nullable Admin client;
  private boolean deadTopicMade;
  private volatile @Nullable Boolean up;

  KafkaWatch(Map<String, Object> admin, KafkaListenerEndpointRegistry listeners, String deadTopic, MeterRegistry meters) {
    this.admin = new HashMap<>(admin);
    this.admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    this.admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    this.listeners = listeners;
    this.deadTopic = deadTopic;
    Gauge.builder("orders.ingest.kafka.up", this, w -> Boolean.TRUE.equals(w.up) ? 1 : 0).description("whether Kafka answers").register(meters);
  }

  /** Whether Kafka answered when it was last asked. */
  boolean isUp() {
    return Boolean.TRUE.equals(up);
  }

  @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
  synchronized void look() {
    try {
      startConsumer();
      if (client == null) client = Admin.create(admin);
      client.describeCluster().nodes().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (!Boolean.TRUE.equals(up)) log.info("Kafka answers");
      up = true;
      makeDeadTopic(client);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      down(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void down(Exception e) {
    if (!Boolean.FALSE.equals(up)) log.warn("Kafka does not answer, events wait there: {}", e.getCause() == null ? e.toString() : e.getCause().toString());
    up = false;
  }

  private void startConsumer() {
    var container = listeners.getListenerContainer(OrderEventListener.ID);
    if (container == null || container.isRunning()) return;
    try {
      container.start();
    } catch (KafkaException e) {
      container.stop(); // half started counts as running
      throw e;
    }
  }

  /** Nobody else needs this topic, so nobody else makes it. */
  private void makeDeadTopic(Admin client) throws InterruptedException, TimeoutException {
    if (deadTopicMade) return;
    try {
      client.createTopics(List.of(new NewTopic(deadTopic, Optional.empty(), Optional.empty()))).all().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      log.info("topic {} made", deadTopic);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        log.warn("topic {} cannot be made, records set aside are in the log only: {}", deadTopic, String.valueOf(e.getCause()));
        return;
      }
    }
    deadTopicMade = true;
  }

  @Override
  public synchronized void destroy() {
    if (client != null) client.close(Duration.ZERO);
  }
}
