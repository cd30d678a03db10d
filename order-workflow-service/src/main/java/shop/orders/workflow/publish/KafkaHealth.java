package shop.orders.workflow.publish;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether Kafka takes events, as far as the publisher knows: asking it would be one more thing to wait for. */
@Component("kafkaHealthIndicator")
class KafkaHealth implements HealthIndicator {
  private final KafkaEvents kafka;

  KafkaHealth(KafkaEvents kafka) {
    this.kafka = kafka;
  }

  @Override
  public Health health() {
    return (kafka.isDown() ? Health.down() : Health.up()).build();
  }
}
