package shop.orders.workflow.publish;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Events to Kafka.
 *
 * @param topic of the thin events, created if it is missing
 * @param partitions it is created with
 * @param replicas it is created with
 * @param retryEvery pause after Kafka failed
 */
@ConfigurationProperties("orders.kafka")
record PublishProperties(
    @DefaultValue("orders.events") String topic,
    @DefaultValue("6") int partitions,
    @DefaultValue("1") short replicas,
    @DefaultValue("1s") Duration retryEvery) {}
